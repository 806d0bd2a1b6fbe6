// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.camel.CamelContext;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.springframework.stereotype.Component;
import qboevents.event.ReadFailure;
import qboevents.oauth.RefreshUnderWay;

/** Says in one sentence why QuickBooks could not be read, whoever wanted to read it. */
@Component
class ReadFailures {

    /** A refresh takes about a second; another reader of the company does it. */
    private static final Duration REFRESH = Duration.ofSeconds(2);

    private final CamelContext camel;

    ReadFailures(CamelContext camel) {
        this.camel = camel;
    }

    ReadFailure of(Throwable thrown) {
        if (camel.isStopping() || camel.isStopped()) {
            return ReadFailure.postponed("The service is being stopped", Duration.ZERO);
        }
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ReadFailure failure) {
                return failure;
            }
            if (cause instanceof RefreshUnderWay) {
                return ReadFailure.postponed("The access token is being refreshed", REFRESH);
            }
        }
        var cause = root(thrown);
        if (cause instanceof SocketTimeoutException) {
            return ReadFailure.of("QuickBooks did not answer in time: " + cause.getMessage());
        }
        if (cause instanceof UnknownHostException) {
            return ReadFailure.of("QuickBooks' host is not known here: " + cause.getMessage());
        }
        if (cause instanceof SSLException) {
            return ReadFailure.of("No secure connection to QuickBooks: " + cause.getMessage());
        }
        if (cause instanceof ConnectException) {
            return ReadFailure.of("QuickBooks cannot be reached: " + cause.getMessage());
        }
        if (cause instanceof NoHttpResponseException || cause instanceof SocketException) {
            return ReadFailure.of("QuickBooks closed the connection before it answered: " + cause.getMessage());
        }
        return ReadFailure.of(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    private static Throwable root(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }
}
