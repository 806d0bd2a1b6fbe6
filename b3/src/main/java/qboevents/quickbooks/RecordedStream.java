// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Remembers what the parser has read of one record, so that the record can be taken out as it came. Between records only
 * the parser's last read is remembered (a record begins inside it), so that memory is bounded by the largest record.
 */
final class RecordedStream extends FilterInputStream {

    /** No record of QuickBooks comes near it; what does is not a record. */
    static final int LARGEST_RECORD = 32 * 1024 * 1024;

    private final long limit;
    private byte[] kept = new byte[16 * 1024];
    private long keptFrom; // offset in the stream of kept[0]
    private int keptLength;
    private boolean recording;

    RecordedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            keep(target, offset, count);
        }
        return count;
    }

    private void keep(byte[] bytes, int offset, int count) throws IOException {
        if (!recording) {
            keptFrom += keptLength;
            keptLength = 0;
        }
        if (keptFrom + keptLength + count > limit) {
            throw new TooLarge("the answer is larger than " + limit / (1024 * 1024) + " MB");
        }
        if (keptLength + count > LARGEST_RECORD) {
            throw new TooLarge("a record in it is larger than " + LARGEST_RECORD / (1024 * 1024) + " MB");
        }
        if (keptLength + count > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(kept.length * 2, keptLength + count));
        }
        System.arraycopy(bytes, offset, kept, keptLength, count);
        keptLength += count;
    }

    /** A record begins at this offset. */
    void begin(long from) {
        recording = true;
        forget(from);
    }

    /** The record's bytes, from where it began to this offset. */
    byte[] end(long to) {
        recording = false;
        var record = Arrays.copyOf(kept, (int) (to - keptFrom));
        forget(to);
        return record;
    }

    private void forget(long before) {
        int gone = (int) (before - keptFrom);
        System.arraycopy(kept, gone, kept, 0, keptLength - gone);
        keptFrom = before;
        keptLength -= gone;
    }

    /** The first bytes still kept: for an error message about what cannot be read. */
    byte[] head(int length) {
        return Arrays.copyOf(kept, Math.min(length, keptLength));
    }

    static final class TooLarge extends IOException {
        TooLarge(String message) {
            super(message);
        }
    }
}
