// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Drops the connection of an answer that was closed before its end. The client would read on to the end, however far that
 * is, to save the connection.
 */
final class UnreadAnswers implements ExecChainHandler {

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        var response = chain.proceed(request, scope);
        var entity = response.getEntity();
        if (entity != null && entity.isStreaming()) {
            response.setEntity(new Droppable(entity, scope.execRuntime));
        }
        return response;
    }

    private static final class Droppable extends HttpEntityWrapper {

        private final ExecRuntime connection;

        Droppable(HttpEntity entity, ExecRuntime connection) {
            super(entity);
            this.connection = connection;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new FilterInputStream(super.getContent()) {
                @Override
                public void close() {
                    connection.discardEndpoint(); // given back already when the end has been read
                }
            };
        }
    }
}
