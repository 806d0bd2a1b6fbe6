// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A record's own fields, as bytes in pieces around every {@code {id}}. Records that were only created share one body,
 * so a million of them cost no more than their heads.
 */
final class Body {

    private final byte[][] pieces;

    private Body(byte[][] pieces) {
        this.pieces = pieces;
    }

    static Body of(ObjectNode fields) {
        var text = new String(Json.bytes(fields), UTF_8);
        var inner = text.substring(1, text.length() - 1);
        return new Body(Arrays.stream(inner.split("\\{id}", -1))
                .map(piece -> piece.getBytes(UTF_8))
                .toArray(byte[][]::new));
    }

    /** Everything between the braces. */
    void write(byte[] id, ByteArrayOutputStream out) {
        out.writeBytes(pieces[0]);
        for (var i = 1; i < pieces.length; i++) {
            out.writeBytes(id);
            out.writeBytes(pieces[i]);
        }
    }
}
