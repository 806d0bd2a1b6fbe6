// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.instance.Draft;

/** Makes tokens of what a user has agreed to, in the way of his OAuth. */
@Component
class Exchanges {

    private final OAuthMessages oauth2;
    private final OAuth1Messages oauth1;

    Exchanges(OAuthMessages oauth2, OAuth1Messages oauth1) {
        this.oauth2 = oauth2;
        this.oauth1 = oauth1;
    }

    OAuthRequest request(Draft draft) {
        return draft.grant().isPresent() ? oauth1.exchange(draft) : oauth2.exchange(draft);
    }

    /** What cannot be used ends the request, and the user authorizes again. */
    TokenPair pair(Draft draft, int status, @Nullable String body) {
        return draft.grant().isPresent() ? oauth1.exchanged(status, body) : oauth2.exchanged(status, body);
    }
}
