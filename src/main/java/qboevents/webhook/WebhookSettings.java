// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Intuit's webhooks are known to be Intuit's.
 *
 * @param verifierTokens of the apps whose webhooks come here; any one may match, so a token can be replaced without a gap
 */
@ConfigurationProperties("quickbooks.webhook")
record WebhookSettings(@DefaultValue List<String> verifierTokens) {

    WebhookSettings {
        verifierTokens = verifierTokens.stream().map(String::strip).filter(token -> !token.isEmpty()).toList();
    }

    @Override
    public String toString() {
        return "WebhookSettings[verifierTokens=" + verifierTokens.size() + " of them]";
    }
}
