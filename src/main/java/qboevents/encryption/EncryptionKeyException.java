// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

/** The service cannot start with the encryption key it was given, or without one. */
public class EncryptionKeyException extends RuntimeException {

    private final String action;

    EncryptionKeyException(String message, String action) {
        super(message);
        this.action = action;
    }

    public String action() {
        return action;
    }
}
