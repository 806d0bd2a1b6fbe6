// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A body that trickles: a thread waits for each of its bytes, and Tomcat's limit is between two of them. */
final class SlowBody extends IOException {

    private static final long serialVersionUID = 1;

    private SlowBody() {
        super("The body has taken too long");
    }

    static boolean caused(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SlowBody || each instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** Ends with a {@link SlowBody} when it was not read to its end in that time. */
    static final class Stream extends FilterInputStream {

        private final long end;

        Stream(InputStream body, Duration longest) {
            super(body);
            this.end = System.nanoTime() + longest.toNanos();
        }

        @Override
        public int read() throws IOException {
            check();
            return super.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            check();
            return super.read(target, offset, length);
        }

        @Override
        public long skip(long most) throws IOException {
            var thrownAway = new byte[64 * 1024];
            long skipped = 0;
            for (int read = 0; read >= 0 && skipped < most; skipped += Math.max(0, read)) {
                read = read(thrownAway, 0, thrownAway.length);
            }
            return skipped;
        }

        private void check() throws SlowBody {
            if (System.nanoTime() - end > 0) {
                throw new SlowBody();
            }
        }
    }
}
