// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.instance.ConfigurationKeys;
import qboevents.instance.Instances;
import qboevents.instance.Stored;
import qboevents.operator.Kind;
import qboevents.operator.OperatorEvents;

/** The end of a deleted instance's connection. Why it comes after the deletion, and only once: decisions/0008-oauth-ends.md. */
@Component
class Revocations {

    private final TokenRows rows;
    private final Instances instances;
    private final OAuthMessages messages;
    private final OperatorEvents operator;

    Revocations(TokenRows rows, Instances instances, OAuthMessages messages, OperatorEvents operator) {
        this.rows = rows;
        this.instances = instances;
        this.messages = messages;
        this.operator = operator;
    }

    /**
     * Forgets an instance's tokens, in the transaction that deletes it.
     *
     * @param stored the instance as it was before
     * @return nothing when there is nothing to end: broken already, or OAuth 1.0's
     */
    @Nullable Revocation forget(Stored stored) {
        var id = stored.instance().id();
        var revocation = rows.locked(id)
                .filter(each -> each.broken() == null && !each.signs())
                .map(each -> revocation(stored, rows.refresh(id, each))).orElse(null);
        rows.delete(id);
        return revocation;
    }

    private Revocation revocation(Stored stored, String refreshToken) {
        var key = stored.configuration().getOrDefault(ConfigurationKeys.OAUTH_KEY, "");
        var secret = stored.configuration().getOrDefault(ConfigurationKeys.OAUTH_SECRET, "");
        var request = messages.revoke(key, secret, refreshToken);
        return new Revocation(stored.instance().id(), stored.instance().realmId(), key, request);
    }

    /** Intuit ends a company's connection to an application as a whole: not while another instance lives on it. */
    boolean due(@Nullable Revocation revocation) {
        return revocation != null && instances.ofCompanies(List.of(revocation.realmId())).stream()
                .noneMatch(other -> revocation.key().equals(other.configuration().get(ConfigurationKeys.OAUTH_KEY)));
    }

    /** 400: the token is not good any more, which is as well. */
    void answered(Revocation revocation, int status) {
        if (status != 200 && status != 400) {
            tell(revocation, "HTTP " + status);
        }
    }

    void failed(Revocation revocation, Exception cause) {
        tell(revocation, cause.getClass().getSimpleName());
    }

    private void tell(Revocation revocation, String why) {
        operator.tell(Kind.REVOKE_FAILED, revocation.instanceId(), "Instance " + revocation.instanceId()
                + " is deleted and its tokens are forgotten here, but Intuit did not say that they have ended (" + why
                + "). To be sure, let the user of company " + revocation.realmId() + " disconnect the app in QuickBooks.");
    }
}
