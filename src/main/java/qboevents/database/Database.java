// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import java.nio.file.Path;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.stereotype.Component;

/** What the other packages may know of the database: whether this process is alone with it, and where it lies. */
@Component
public class Database {

    private final String url;

    @Autowired
    Database(DataSourceProperties properties) {
        this(properties.determineUrl());
    }

    public Database(String url) {
        this.url = url;
    }

    /** An H2 file is locked by its process: whatever another process had begun has ended. */
    public boolean ownedByThisProcess() {
        var remote = url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:")
                || url.toUpperCase(Locale.ROOT).contains("AUTO_SERVER=TRUE");
        return H2Url.matches(url) && !remote;
    }

    /** Whether processes that share it can tell each other something by it. */
    public boolean notifies() {
        return postgresql();
    }

    /** Whether a part of a {@code from} may name what stands before it. */
    public boolean hasLateral() {
        return postgresql();
    }

    private boolean postgresql() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** Where files that belong to the database are kept: beside an H2 file, else {@code ./data}. */
    public Path folder() {
        if (!H2Url.matches(url)) {
            return Path.of("data");
        }
        var place = url.substring("jdbc:h2:".length()).split(";")[0];
        var named = place.startsWith("file:") ? place.substring("file:".length()) : place;
        if (named.startsWith("mem:") || named.startsWith("tcp:") || named.startsWith("ssl:")) {
            return Path.of("data");
        }
        var file = named.startsWith("~") ? System.getProperty("user.home") + named.substring(1) : named;
        var folder = Path.of(file).toAbsolutePath().getParent();
        return folder == null ? Path.of("data") : folder;
    }
}
