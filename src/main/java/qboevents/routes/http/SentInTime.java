// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.http;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import qboevents.http.EndBefore;
import qboevents.http.TooLateToSend;

/** The last look before the first byte, when there is a connection already: is there still time for this request? */
final class SentInTime implements ExecChainHandler {

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        var end = request.getFirstHeader(EndBefore.HEADER);
        if (end != null) {
            request.removeHeaders(EndBefore.HEADER);
            if (EndBefore.of(end.getValue()).left().isNegative()) {
                throw new TooLateToSend();
            }
        }
        return chain.proceed(request, scope);
    }
}
