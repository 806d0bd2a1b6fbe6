// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

/** The connection to QuickBooks has ended. Only the user can help, by connecting the company again. */
public class ReconnectNeeded extends RuntimeException {

    ReconnectNeeded(String message) {
        super(message, null, false, false);
    }

    /** What is so, and what to do. */
    static String message(long instanceId, String reason, boolean signs) {
        return "Instance " + instanceId + ": " + reason + ". " + remedy(instanceId, signs);
    }

    /** @param signs whether it is connected with OAuth 1.0 */
    static String remedy(long instanceId, boolean signs) {
        return "Let the user authorize again and PATCH /instances/" + instanceId + " with "
                + (signs ? "providerData.oauth_token, oauth_verifier and secret" : "providerData.code");
    }
}
