// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.oauth.SealedSample;
import qboevents.testing.DatabaseDump;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

@ExtendWith(OutputCaptureExtension.class)
class ReencryptionTest {

    private static final String OLD_KEY = Base64.getEncoder().encodeToString("the old key, which has 32 bytes.".getBytes());
    private static final String NEW_KEY = Base64.getEncoder().encodeToString("the new key, which has 32 bytes!".getBytes());
    private static final int STEP = 2;

    @TempDir
    Path folder;

    private Encryption started(JdbcClient database, String key, String... others) {
        return EncryptionKey.checked(
                new EncryptionSettings(key, List.of(others)), new KeyFile(folder.resolve("none")), database);
    }

    private static List<Long> connect(JdbcClient database, Encryption encryption, int companies) {
        return new SealedSample(database, encryption).connect(companies);
    }

    private static String refreshToken(JdbcClient database, Encryption encryption, long id) {
        return new SealedSample(database, encryption).refreshToken(id);
    }

    @OnEachDatabase
    void sealsEverythingWithTheNewKey(TestDatabase kind, CapturedOutput log) {
        var url = kind.freshUrl();
        var source = kind.fresh(url);
        var database = JdbcClient.create(source);
        var old = started(database, OLD_KEY);
        var ids = connect(database, old, 9);
        database.sql("update oauth_token set refresh_token = replace(refresh_token, :mark, 'v1:') where instance_id = :id")
                .param("mark", old.mark()).param("id", ids.get(3)).update();
        database.sql("update instance set secrets = '' where id = ?").param(ids.get(5)).update(); // as a deleted one's

        var exit = Reencryption.run("--spring.datasource.url=" + url, "--spring.datasource.username=" + kind.user(),
                "--events.encryption.key=" + NEW_KEY, "--events.encryption.other-keys=" + OLD_KEY);

        assertThat(exit).isZero();
        assertThat(log.getAll()).contains("26 values were sealed anew").doesNotContain(NEW_KEY, OLD_KEY);
        assertThat(DatabaseDump.of(source)).doesNotContain(old.mark(), "v1:");
        var next = started(database, NEW_KEY);
        assertThat(ids).allSatisfy(id -> assertThat(refreshToken(database, next, id)).isEqualTo("refresh-" + id));
        assertThat(new SealedSample(database, next).secret(ids.get(7))).isEqualTo("secret-7");
        assertThatThrownBy(() -> started(database, OLD_KEY)).isInstanceOf(EncryptionKeyException.class);
    }

    @OnEachDatabase
    void goesOnWhereItWasKilled(TestDatabase kind) {
        var database = JdbcClient.create(kind.fresh());
        var ids = connect(database, started(database, OLD_KEY), 5);
        var both = started(database, NEW_KEY, OLD_KEY);
        var column = SealedColumn.ALL.get(2);
        var first = column.after(database, Long.MIN_VALUE, both.mark(), 1).get(0);
        column.replace(database, first, both.seal(column.place(first.row()), "done before"));

        assertThatThrownBy(() -> started(database, OLD_KEY)).hasMessageContaining("a key that is not given")
                .message().contains(both.keyName());
        assertThatThrownBy(() -> started(database, NEW_KEY)).hasMessageContaining("is not the one");
        assertThat(new Reencryption(database, both, STEP).run()).isTrue();

        var next = started(database, NEW_KEY);
        assertThat(refreshToken(database, next, ids.get(0))).isEqualTo("done before");
        assertThat(refreshToken(database, next, ids.get(2))).isEqualTo("refresh-" + ids.get(2));
        assertThat(new Reencryption(database, next, STEP).run()).isTrue();
    }

    @OnEachDatabase
    void overwritesNothingThatWasStoredMeanwhile(TestDatabase kind) {
        var database = JdbcClient.create(kind.fresh());
        var old = started(database, OLD_KEY);
        var id = connect(database, old, 1).get(0);
        var both = started(database, NEW_KEY, OLD_KEY);
        var column = SealedColumn.ALL.get(2);
        var read = column.after(database, Long.MIN_VALUE, both.mark(), 1).get(0);

        new SealedSample(database, old).keep(id, "renewed");

        assertThat(column.replace(database, read, both.seal(column.place(id), "stale"))).isFalse();
        assertThat(new Reencryption(database, both, STEP).run()).isTrue();
        assertThat(refreshToken(database, both, id)).isEqualTo("renewed");
    }

    @OnEachDatabase
    void keepsTheOldKeyNeededWhileAValueCannotBeOpened(TestDatabase kind, CapturedOutput log) {
        var database = JdbcClient.create(kind.fresh());
        var ids = connect(database, started(database, OLD_KEY), 3);
        var both = started(database, NEW_KEY, OLD_KEY);
        database.sql("update oauth_token set access_token = 'v1:damaged' where instance_id = ?").param(ids.get(1)).update();

        assertThat(new Reencryption(database, both, STEP).run()).isFalse();

        assertThat(log.getAll()).contains("oauth_token/access_token/" + ids.get(1), "oauth_token.access_token");
        assertThat(refreshToken(database, both, ids.get(2))).isEqualTo("refresh-" + ids.get(2));
        assertThatThrownBy(() -> started(database, NEW_KEY)).hasMessageContaining("is not the one");
    }
}
