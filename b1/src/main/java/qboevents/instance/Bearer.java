// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

/**
 * An access token that may be used now.
 *
 * @param version of the stored pair it belongs to; tells a refused token from its successor
 */
public record Bearer(String token, long version) {

    @Override
    public String toString() {
        return "Bearer[version=" + version + "]";
    }
}
