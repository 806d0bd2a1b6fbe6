// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

/** Another thread or node is spending the refresh token. Come back in about two seconds; nothing has failed. */
public class RefreshUnderWay extends RuntimeException {

    RefreshUnderWay(String message) {
        super(message, null, false, false);
    }
}
