// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.Blot;
import qboevents.instance.ConfigurationKeys;
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
        // Not the answer that holds the tokens: they may be made of what was sent.
        var said = body == null || status == 200 ? body : Blot.of(secrets(draft)).blotted(body);
        return draft.grant().isPresent() ? oauth1.exchanged(status, said) : oauth2.exchanged(status, said);
    }

    /** What was sent, in each form that it was sent in: the caller is told what is answered to it. */
    private static Set<String> secrets(Draft draft) {
        var secret = draft.setting(ConfigurationKeys.OAUTH_SECRET);
        var secrets = new HashSet<>(Set.of(secret, basic(draft.setting(ConfigurationKeys.OAUTH_KEY), secret)));
        draft.code().ifPresent(secrets::add);
        draft.grant().ifPresent(grant -> secrets.addAll(List.of(grant.token(), grant.secret(), grant.verifier())));
        secrets.addAll(secrets.stream().map(each -> URLEncoder.encode(each, StandardCharsets.UTF_8)).toList());
        return secrets;
    }

    private static String basic(String key, String secret) {
        return Base64.getEncoder().encodeToString((key + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
