// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/**
 * Bodies are read once. Camel would copy every answer into memory to make it readable again, however large it is, and
 * rewind it between two steps while it is being parsed.
 */
@Component
class Streams implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext context) {
        context.setStreamCaching(false);
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}
}
