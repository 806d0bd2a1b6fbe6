// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The steps below it are one transaction, which a failure undoes. Camel's own {@code transacted} brings an error handler that
 * calls every failure exhausted: the caller's onException is passed over then, and an error is answered with an empty 500.
 */
@Component
class InTransaction implements Policy {

    private final TransactionTemplate transaction;

    InTransaction(TransactionTemplate transaction) {
        this.transaction = transaction;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // there is nothing to prepare
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> {
            exchange.getUnitOfWork().beginTransactedBy(this); // all of them on this thread
            try {
                transaction.executeWithoutResult(status -> {
                    run(steps, exchange);
                    if (exchange.isFailed()) {
                        status.setRollbackOnly();
                    }
                });
            } finally {
                exchange.getUnitOfWork().endTransactedBy(this);
            }
        };
    }

    private static void run(Processor steps, Exchange exchange) {
        try {
            steps.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }
}
