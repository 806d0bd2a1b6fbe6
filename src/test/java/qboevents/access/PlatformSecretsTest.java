// SPDX-License-Identifier: Apache-2.0
package qboevents.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.encryption.Installation;
import qboevents.instance.Sample;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

@ExtendWith(OutputCaptureExtension.class)
class PlatformSecretsTest {

    private static final Pattern TOLD = Pattern.compile("events\\.api\\.([a-z]+)-secret\\s+= (\\S+)");

    @OnEachDatabase
    void areToldOnceAndKeptAsHashes(TestDatabase kind, CapturedOutput log) {
        var database = JdbcClient.create(kind.fresh());
        var first = new PlatformSecrets(Sample.API, new Installation(database));
        var told = TOLD.matcher(log.getAll()).results().map(each -> each.group(2)).toList();
        var length = log.length();

        var second = new PlatformSecrets(Sample.API, new Installation(database));

        assertThat(told).hasSize(2);
        assertThat(first.user(told.get(0))).isTrue();
        assertThat(second.organization(told.get(1))).isTrue();
        assertThat(second.user(told.get(1))).isFalse();
        assertThat(log.getAll().substring(length)).doesNotContain(told);
        assertThat(database.sql("select * from installation").query().listOfRows().toString()).doesNotContain(told);
    }

    @OnEachDatabase
    void areThoseThatTheSettingsSay(TestDatabase kind) {
        var settings = new ApiSettings("/api", "mine", "ours");
        var secrets = new PlatformSecrets(settings, new Installation(JdbcClient.create(kind.fresh())));

        assertThat(secrets.user("mine")).isTrue();
        assertThat(secrets.organization("ours")).isTrue();
        assertThat(secrets.organization("mine")).isFalse();
        assertThat(settings.toString()).doesNotContain("mine", "ours");
    }
}
