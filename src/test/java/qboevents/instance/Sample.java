// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.access.ApiSettings;
import qboevents.database.Database;
import qboevents.encryption.Encryption;

/** The beans of this package without Spring, and the things they need. */
public final class Sample {

    public static final Encryption ENCRYPTION = new Encryption(new byte[32]);
    public static final ApiSettings API = new ApiSettings("/elements/api-v2", "", "");

    static final OAuth1Settings OAUTH1 = new OAuth1Settings(
            URI.create("https://oauth.intuit.com/oauth/v1/get_request_token"),
            URI.create("https://appcenter.intuit.com/Connect/Begin"),
            URI.create("https://oauth.intuit.com/oauth/v1/get_access_token"));

    private Sample() {}

    static EventsReader reader() {
        return eventsReader("direct:post");
    }

    static EventsReader eventsReader(String deliveredTo) {
        return new EventsReader(Known.resources(), API, new IntervalSettings(Duration.ofMinutes(1)), deliveredTo);
    }

    public static Instances instances(JdbcClient database, Clock clock) {
        return instances(database, ENCRYPTION, clock);
    }

    public static Instances instances(JdbcClient database, Encryption encryption, Clock clock) {
        return new Instances(database, encryption, reader(), clock);
    }

    /** @return the id of a new instance */
    public static long create(Instances instances, Map<String, String> configuration) {
        return instances.create(draft(configuration)).instance().id();
    }

    public static Draft draft(Map<String, String> configuration) {
        return new Draft("Sample", List.of("Sample"), "4620816365", configuration, Optional.of("code"), Optional.empty());
    }

    public static Database place(String url) {
        return new Database(url);
    }
}
