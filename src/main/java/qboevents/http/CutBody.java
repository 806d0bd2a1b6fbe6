// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;

/** A body that ends before its end, or in chunks that are none: wherever it was being read then, it is its sender's fault. */
final class CutBody {

    static final String MESSAGE = "The body ends before its end, or is not sent as its headers say";

    private CutBody() {}

    static boolean caused(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ClientAbortException || each instanceof BadRequestException) {
                return true;
            }
        }
        return false;
    }
}
