// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

/**
 * The right to spend a refresh token, taken in the row before the token is sent.
 *
 * @param version of the pair that is spent
 * @param owner who spends it
 */
record Refresh(long instanceId, long version, String owner, OAuthRequest request) {}
