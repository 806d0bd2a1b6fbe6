// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

@ExtendWith(OutputCaptureExtension.class)
class EncryptionTest {

    private static final String OTHER_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final EncryptionSettings NONE = new EncryptionSettings("", List.of());
    private static final EncryptionSettings OTHER = new EncryptionSettings(OTHER_KEY, List.of());
    private static final String PLACE = "instance/secrets/1";

    @TempDir
    Path folder;

    @Test
    void opensOnlyWhereItSealed() {
        var encryption = new Encryption(new byte[32]);
        var sealed = encryption.seal(PLACE, "sëcret");

        assertThat(sealed).startsWith(encryption.mark()).doesNotContain("cret");
        assertThat(encryption.seal(PLACE, "sëcret")).isNotEqualTo(sealed);
        assertThat(encryption.open(PLACE, sealed)).isEqualTo("sëcret");
        assertThatThrownBy(() -> encryption.open("instance/secrets/2", sealed)).hasMessageContaining("instance/secrets/2");
        for (var broken : List.of("v1:AAAA", "", "v", "v2:", encryption.mark(), encryption.mark() + "?", sealed + "A")) {
            assertThatThrownBy(() -> encryption.open(PLACE, broken)).as(broken).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void opensWithEveryKeyAndSealsWithTheFirst() {
        var old = new Encryption(new byte[32]);
        var next = new Encryption(Base64.getDecoder().decode(OTHER_KEY));
        var both = new Encryption(List.of(Base64.getDecoder().decode(OTHER_KEY), new byte[32]));
        var unmarked = "v1:" + old.seal(PLACE, "before there were marks").substring(Encryption.MARK_LENGTH);

        assertThat(both.open(PLACE, old.seal(PLACE, "x"))).isEqualTo("x");
        assertThat(both.open(PLACE, unmarked)).isEqualTo("before there were marks");
        assertThat(next.open(PLACE, both.seal(PLACE, "y"))).isEqualTo("y");
        assertThat(both.mark()).isEqualTo(next.mark()).isNotEqualTo(old.mark());
        assertThatThrownBy(() -> next.open(PLACE, unmarked)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sealsNothingThatANewKeyWouldLeaveBehind() {
        assertThatThrownBy(() -> new Encryption(new byte[32]).seal("instance/name/1", "x"))
                .hasMessageContaining("add it to SealedColumn");
    }

    @OnEachDatabase
    void makesAKeyOnceThatOnlyTheOwnerReads(TestDatabase kind) throws IOException {
        var database = JdbcClient.create(kind.fresh());
        var file = new KeyFile(folder.resolve("data/encryption.key"));

        var sealed = EncryptionKey.checked(NONE, file, database).seal(PLACE, "x");

        assertThat(EncryptionKey.checked(NONE, file, database).open(PLACE, sealed)).isEqualTo("x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path()))).isEqualTo("rw-------");
        assertThat(Files.list(file.path().getParent())).containsExactly(file.path());
    }

    @OnEachDatabase
    void refusesAnotherKeyAndAMissingOne(TestDatabase kind) throws IOException {
        var database = JdbcClient.create(kind.fresh());
        var file = new KeyFile(folder.resolve("encryption.key"));
        EncryptionKey.checked(NONE, file, database);

        assertThatThrownBy(() -> EncryptionKey.checked(OTHER, file, database))
                .isInstanceOf(EncryptionKeyException.class).hasMessageContaining("is not the one");
        Files.delete(file.path());
        assertThatThrownBy(() -> EncryptionKey.checked(NONE, file, database)).hasMessageContaining("the key is missing");
        assertThat(file.path()).doesNotExist();
        assertThatThrownBy(() -> EncryptionKey.checked(new EncryptionSettings("short", List.of()), file, database))
                .hasMessageContaining("not Base64 of 32 bytes");
    }

    @OnEachDatabase
    void takesANewKeyBesideTheOldOne(TestDatabase kind) throws IOException {
        var database = JdbcClient.create(kind.fresh());
        var file = new KeyFile(folder.resolve("encryption.key"));
        var sealed = EncryptionKey.checked(NONE, file, database).seal(PLACE, "x");
        var old = Files.readString(file.path()).strip();

        var named = EncryptionKey.checked(new EncryptionSettings(OTHER_KEY, List.of(old)), file, database);
        Files.writeString(file.path(), OTHER_KEY + "\n" + old + "\n");
        var inTheFile = EncryptionKey.checked(NONE, file, database);

        assertThat(named.open(PLACE, sealed)).isEqualTo("x");
        assertThat(inTheFile.open(PLACE, sealed)).isEqualTo("x");
        assertThat(inTheFile.seal(PLACE, "y")).startsWith(named.mark());
        assertThatThrownBy(() -> EncryptionKey.checked(new EncryptionSettings(OTHER_KEY, List.of("short")), file, database))
                .hasMessageContaining("events.encryption.other-keys is not Base64 of 32 bytes").message().doesNotContain("short");
        Files.writeString(file.path(), "\n");
        assertThatThrownBy(() -> EncryptionKey.checked(NONE, file, database)).hasMessageContaining("is empty");
    }

    @Test
    void warnsOfAKeyThatOthersCanRead(CapturedOutput log) throws IOException {
        var file = new KeyFile(Files.writeString(folder.resolve("encryption.key"), OTHER_KEY));
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(file.read()).containsExactly(OTHER_KEY);

        assertThat(log.getAll()).contains("chmod 600").doesNotContain(OTHER_KEY);
        var length = log.length();
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-------"));
        file.read();
        assertThat(log.length()).isEqualTo(length);
    }
}
