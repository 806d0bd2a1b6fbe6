// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that is answered with the contract's error: what is wrong and what to do, never a stack trace. */
public class ApiException extends RuntimeException {

    private final int status;
    private final @Nullable String providerMessage;

    public ApiException(int status, String message) {
        this(status, message, null);
    }

    /** @param providerMessage what QuickBooks said, where it was asked and answered */
    public ApiException(int status, String message, @Nullable String providerMessage) {
        super(message, null, false, false);
        this.status = status;
        this.providerMessage = providerMessage;
    }

    public int status() {
        return status;
    }

    public Optional<String> providerMessage() {
        return Optional.ofNullable(providerMessage);
    }
}
