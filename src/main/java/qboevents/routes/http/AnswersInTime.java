// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import qboevents.http.EndBefore;
import qboevents.http.TooLateToSend;

/**
 * Ends every exchange with a receiver in time: a timeout of the socket begins anew with every byte, and the hand that has it may
 * have begun before. Its status counts once it is there; of what follows only the beginning is wanted, and none of it is worth waiting for.
 */
record AnswersInTime(Duration longest, ScheduledExecutorService timer) implements ExecChainHandler {

    private static final int BEGINNING = 16 * 1024;

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        var left = left(request);
        if (left.isNegative()) {
            throw new TooLateToSend();
        }
        var end = timer.schedule(scope.execRuntime::discardEndpoint, left.toMillis(), TimeUnit.MILLISECONDS);
        try {
            var response = chain.proceed(request, scope);
            if (response.getEntity() != null) {
                response.setEntity(beginning(response.getEntity(), scope.execRuntime));
            }
            return response;
        } catch (IOException e) {
            throw end.isDone() && !(e instanceof TooLateToSend) ? new SocketTimeoutException("no answer within " + longest) : e;
        } finally {
            end.cancel(false);
        }
    }

    private Duration left(ClassicHttpRequest request) {
        var end = request.getFirstHeader(EndBefore.HEADER);
        var left = end == null ? longest : EndBefore.of(end.getValue()).left();
        return left.compareTo(longest) < 0 ? left : longest;
    }

    private static HttpEntity beginning(HttpEntity body, ExecRuntime connection) {
        var bytes = new byte[0];
        try {
            bytes = body.getContent().readNBytes(BEGINNING);
        } catch (IOException e) {
            // the status is there
        } finally {
            connection.discardEndpoint(); // given back already when the end has been read
        }
        return new ByteArrayEntity(bytes, ContentType.parseLenient(body.getContentType()));
    }
}
