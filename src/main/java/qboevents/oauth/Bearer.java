// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import qboevents.http.Blot;

/** A token that may be used now, and how a request shows that its sender has it. */
public sealed interface Bearer extends Blot permits BearerToken, SigningToken {

    /** Of the stored pair it belongs to; tells a refused token from its successor. */
    long version();

    /**
     * @param url with its query
     * @return the header {@code Authorization}
     */
    String authorization(String method, String url);
}
