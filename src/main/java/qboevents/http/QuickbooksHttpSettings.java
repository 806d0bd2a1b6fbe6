// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Calls to Intuit.
 *
 * @param connectTimeout until a connection is open
 * @param responseTimeout until the answer begins, and between two parts of it; keep it well below two minutes, after
 *     which an unanswered token refresh counts as abandoned
 * @param connections at most, to one host
 */
@ConfigurationProperties("quickbooks.http")
record QuickbooksHttpSettings(
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("30s") Duration responseTimeout,
        @DefaultValue("40") int connections) {}
