// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.JavascriptExecutor;

/** Deque's axe-core: what on a page cannot be read, heard or reached by everybody. */
final class Axe {

    private static final String SCRIPT = script();
    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(
                found => done(found.violations.filter(each => ['serious', 'critical'].includes(each.impact)).map(each => each.id + ' ('
                    + each.impact + '): ' + each.help + each.nodes.map(node => '\\n  ' + node.html.slice(0, 160) + '\\n  ' + node.failureSummary).join(''))),
                failed => done(['axe itself: ' + failed]));
            """;

    private Axe() {}

    private static String script() {
        try (var file = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serious and critical ones. */
    @SuppressWarnings("unchecked") // what the script above makes
    static List<String> faults(JavascriptExecutor page) {
        if (!(Boolean) page.executeScript("return 'axe' in window")) {
            page.executeScript(SCRIPT);
        }
        return (List<String>) page.executeAsyncScript(RUN);
    }
}
