// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

/** Intuit gave no token this time. The refresh token is kept, try again later. */
public class AuthorizationUnavailable extends RuntimeException {

    AuthorizationUnavailable(String message) {
        super(message, null, false, false);
    }
}
