// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.xml.LwModelToXMLDumper;

/**
 * Nobody but Hawtio asks for routes as XML. It draws every element of a route that it knows as a step, one behind the other from
 * "from" on: for one that stands before, which an error handler does, it makes up a step without a name, and fails at that. So
 * an error handler is told as an attribute.
 */
final class RoutesAsXml extends LwModelToXMLDumper {

    private static final Pattern ERROR_HANDLER =
            Pattern.compile("(<route(?: (?:[^>\"]|\"[^\"]*\")*)?)>\\s*<errorHandler\\b[^>]*>\\s*<(\\w+).*?</errorHandler>", Pattern.DOTALL);

    @Override
    public String dumpModelAsXml(CamelContext camel, NamedNode routes, boolean resolved, boolean generatedIds, boolean locations)
            throws Exception {
        return drawable(super.dumpModelAsXml(camel, routes, resolved, generatedIds, locations));
    }

    static String drawable(String xml) {
        return ERROR_HANDLER.matcher(xml).replaceAll("$1 errorHandler=\"$2\">");
    }
}
