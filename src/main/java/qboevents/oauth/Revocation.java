// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

/**
 * A token that was forgotten here and is to end at Intuit.
 *
 * @param key of the application it was given to
 */
record Revocation(long instanceId, String realmId, String key, OAuthRequest request) {

    @Override
    public String toString() {
        return "Revocation[instanceId=" + instanceId + "]";
    }
}
