// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.DefaultExchange;

/** Whether Camel will load a block: it leaves out, without a word, a route whose precondition is not met. */
record Preconditions(CamelContext camel, Placeholders settings) {

    boolean met(Block block) {
        return block.precondition().flatMap(Entry::text).flatMap(settings::resolved).map(this::holds).orElse(true);
    }

    private boolean holds(String condition) {
        try {
            return camel.resolveLanguage("simple").createPredicate(condition).matches(new DefaultExchange(camel));
        } catch (RuntimeCamelException unreadable) {
            return true; // SimpleTexts says so
        }
    }
}
