// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H2UrlTest {

    private static final String NEEDED =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0";

    @Test
    void addsWhatTheStatementsAndTheDurabilityNeed() {
        assertThat(H2Url.completed("jdbc:h2:file:./data/x")).isEqualTo("jdbc:h2:file:./data/x" + NEEDED);
    }

    @Test
    void keepsWhatElseTheUserSays() {
        assertThat(H2Url.completed("jdbc:h2:file:./data/x;CACHE_SIZE=9")).contains(";CACHE_SIZE=9;MODE=PostgreSQL");
    }

    @Test
    void namesNoSettingTwice() throws SQLException {
        var url = H2Url.completed("jdbc:h2:mem:;mode=MySQL;write_delay=500;DB_CLOSE_ON_EXIT=FALSE;");

        try (var connection = DriverManager.getConnection(url, "sa", "")) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(url).doesNotContain("MySQL", "500");
    }

    @Test
    void leavesTheSemicolonsOfAStatementAlone() {
        assertThat(H2Url.completed("jdbc:h2:mem:x;INIT=set a\\;set b")).startsWith("jdbc:h2:mem:x;INIT=set a\\;set b;MODE=");
    }

    @Test
    void leavesPostgresAlone() {
        assertThat(H2Url.completed("jdbc:postgresql://db/events")).isEqualTo("jdbc:postgresql://db/events");
    }

    @ParameterizedTest
    @CsvSource({"jdbc:h2:file:./data/events;CACHE_SIZE=9, data", "jdbc:h2:./data/events, data", "jdbc:h2:file:/var/x/events, /var/x"})
    void knowsTheFolderOfItsFiles(String url, Path folder) {
        assertThat(H2Url.folder(url)).map(Path::normalize).contains(folder.toAbsolutePath());
    }

    @Test
    void knowsAHomeFolder() {
        assertThat(H2Url.folder("jdbc:h2:~/x/events")).contains(Path.of(System.getProperty("user.home"), "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:x", "jdbc:h2:mem:", "jdbc:h2:tcp://db/~/events", "jdbc:h2:zip:./a.zip!/events"})
    void knowsNoFolderOfWhatIsElsewhere(String url) {
        assertThat(H2Url.folder(url)).isEmpty();
    }
}
