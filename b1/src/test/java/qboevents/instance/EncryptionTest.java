// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

class EncryptionTest {

    private static final EncryptionSettings NONE = new EncryptionSettings("");
    private static final EncryptionSettings OTHER = new EncryptionSettings("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");

    @TempDir
    Path folder;

    @Test
    void opensOnlyWhereItSealed() {
        var encryption = new Encryption(new byte[32]);
        var sealed = encryption.seal("table/column/1", "sëcret");

        assertThat(sealed).startsWith("v1:").doesNotContain("cret");
        assertThat(encryption.seal("table/column/1", "sëcret")).isNotEqualTo(sealed);
        assertThat(encryption.open("table/column/1", sealed)).isEqualTo("sëcret");
        assertThatThrownBy(() -> encryption.open("table/column/2", sealed)).hasMessageContaining("table/column/2");
        assertThatThrownBy(() -> encryption.open("table/column/1", "v1:AAAA")).isInstanceOf(IllegalStateException.class);
    }

    @OnEachDatabase
    void makesAKeyOnceThatOnlyTheOwnerReads(TestDatabase kind) throws IOException {
        var installation = new Installation(JdbcClient.create(kind.fresh()));
        var file = new KeyFile(folder.resolve("data/encryption.key"));

        var sealed = EncryptionKey.checked(NONE, file, installation).seal("p", "x");

        assertThat(EncryptionKey.checked(NONE, file, installation).open("p", sealed)).isEqualTo("x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path()))).isEqualTo("rw-------");
        assertThat(Files.list(file.path().getParent())).containsExactly(file.path());
    }

    @OnEachDatabase
    void refusesAnotherKeyAndAMissingOne(TestDatabase kind) throws IOException {
        var installation = new Installation(JdbcClient.create(kind.fresh()));
        var file = new KeyFile(folder.resolve("encryption.key"));
        EncryptionKey.checked(NONE, file, installation);

        assertThatThrownBy(() -> EncryptionKey.checked(OTHER, file, installation))
                .isInstanceOf(EncryptionKeyException.class).hasMessageContaining("is not the one");
        Files.delete(file.path());
        assertThatThrownBy(() -> EncryptionKey.checked(NONE, file, installation)).hasMessageContaining("the key is missing");
        assertThat(file.path()).doesNotExist();
        assertThatThrownBy(() -> EncryptionKey.checked(new EncryptionSettings("short"), file, installation))
                .hasMessageContaining("not Base64 of 32 bytes");
    }
}
