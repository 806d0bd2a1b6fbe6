// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import qboevents.Application;
import qboevents.instance.Node;
import qboevents.resource.Resources;

/** One line that says what has started, with what, and where its secrets come from. */
@Component
class StartLine {

    private static final Logger log = LoggerFactory.getLogger(StartLine.class);

    private final DataSource database;
    private final Resources resources;
    private final Node node;
    private final Environment settings;

    StartLine(DataSource database, Resources resources, Node node, Environment settings) {
        this.database = database;
        this.resources = resources;
        this.node = node;
        this.settings = settings;
    }

    @EventListener
    void started(ApplicationReadyEvent event) {
        log.info("quickbooks-events {} on port {} as node {}, started in {} s. Java {}. Database: {}. Resources: {}."
                        + " API secrets: {}. Encryption key: {}. Webhooks: {}. Console: {}.",
                version(), settings.getProperty("local.server.port"), node.name(), seconds(event.getTimeTaken()),
                Runtime.version().feature(), databaseName(), resources.names().size(), apiSecrets(), encryptionKey(), webhooks(), console());
    }

    private String console() {
        var url = settings.getProperty("events.console.url", "");
        return url.isBlank() ? "http://localhost:" + settings.getProperty("local.server.port") + "/" : url;
    }

    static String version() {
        return Optional.ofNullable(Application.class.getPackage().getImplementationVersion()).orElse("(not packaged)");
    }

    private static String seconds(Duration time) {
        return "%.1f".formatted(time.toMillis() / 1000.0);
    }

    /** Without the URL's settings, among which a password may be. */
    private String databaseName() {
        try (var connection = database.getConnection()) {
            var about = connection.getMetaData();
            return about.getDatabaseProductName() + " " + about.getDatabaseProductVersion() + " at "
                    + about.getURL().replaceAll("[?;].*", "").replaceAll("//[^/@]*@", "//");
        } catch (SQLException e) {
            return "away: " + e.getMessage();
        }
    }

    private String apiSecrets() {
        boolean both = given("events.api.user-secret") && given("events.api.organization-secret");
        return both ? "from the settings" : "generated, hashed in the database";
    }

    private String encryptionKey() {
        return given("events.encryption.key") ? "from the settings" : "from its file beside the database";
    }

    private String webhooks() {
        return given("quickbooks.webhook.verifier-tokens[0]") || given("quickbooks.webhook.verifier-tokens")
                ? "taken"
                : "answered 503, no verifier token is set";
    }

    private boolean given(String setting) {
        return !settings.getProperty(setting, "").isBlank();
    }
}
