// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import qboevents.settings.Bounds;

/**
 * Intuit's accounting API.
 *
 * @param url host of production companies; {@code /v3/company/{realmId}/…} is added
 * @param sandboxUrl host of sandbox companies
 * @param minorVersion of the API; Intuit takes lower ones as 75 since August 2025
 * @param pageSize records per query, 1 to 1000 (Intuit's maximum); calls are what is metered, so the most
 * @param captureLimit objects in one answer of change data capture, at which it may be cut off (Intuit: 1000)
 * @param callsPerSecond to one company, at most (Intuit: 10 per company and application)
 * @param callsPerMinute to one company, at most (Intuit: 500 per company, all applications together)
 * @param connectTimeout until a connection stands
 * @param timeout without a byte of an answer (Intuit cuts a request after 120 s)
 * @param maximumAnswer size of one answer, inflated, above which it is refused
 * @param throttlePause wait after a 429 that does not say how long (Intuit: 60 s)
 */
@ConfigurationProperties("quickbooks.api")
public record QuickBooksSettings(
        @DefaultValue("https://quickbooks.api.intuit.com") URI url,
        @DefaultValue("https://sandbox-quickbooks.api.intuit.com") URI sandboxUrl,
        @DefaultValue("75") int minorVersion,
        @DefaultValue("1000") int pageSize,
        @DefaultValue("1000") int captureLimit,
        @DefaultValue("10") int callsPerSecond,
        @DefaultValue("500") int callsPerMinute,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("100MB") DataSize maximumAnswer,
        @DefaultValue("60s") Duration throttlePause) {

    public QuickBooksSettings {
        Bounds.webAddress("quickbooks.api.url", url);
        Bounds.webAddress("quickbooks.api.sandbox-url", sandboxUrl);
        Bounds.atLeastOne("quickbooks.api.minor-version", minorVersion);
        Bounds.between("quickbooks.api.page-size", pageSize, 1, 1000);
        Bounds.between("quickbooks.api.capture-limit", captureLimit, 1, 1000);
        Bounds.atLeastOne("quickbooks.api.calls-per-second", callsPerSecond);
        Bounds.atLeastOne("quickbooks.api.calls-per-minute", callsPerMinute);
        Bounds.longerThanNothing("quickbooks.api.connect-timeout", connectTimeout);
        Bounds.longerThanNothing("quickbooks.api.timeout", timeout);
        Bounds.longerThanNothing("quickbooks.api.throttle-pause", throttlePause);
    }

    /** @param wanted 0: whatever is usual */
    int pageSize(int wanted) {
        return wanted == 0 ? pageSize : wanted;
    }

    URI host(boolean sandbox) {
        return sandbox ? sandboxUrl : url;
    }
}
