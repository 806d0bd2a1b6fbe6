// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong with the routes instead of a stack trace. */
class RoutesRefusedAnalyzer extends AbstractFailureAnalyzer<RoutesRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RoutesRefused cause) {
        return new FailureAnalysis(cause.description(), cause.action(), cause);
    }
}
