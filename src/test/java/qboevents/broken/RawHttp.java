// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Bytes to a port and back, a connection each: any client with manners would not send what is sent here. */
record RawHttp(int port) {

    private static final int PATIENCE_MILLIS = 20_000;

    /** Says all at once, and that it has said all. */
    RawAnswer send(byte[] request) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (SocketException e) {
                // Refused before its end; the answer may be there all the same.
            }
            return RawAnswer.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }
}
