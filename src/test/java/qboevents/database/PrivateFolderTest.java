// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;

class PrivateFolderTest {

    @TempDir
    Path here;

    @Test
    void isItsOwnersAlone() throws IOException {
        var folder = here.resolve("above/data");
        var properties = new DataSourceProperties();
        properties.setUrl("jdbc:h2:file:" + folder.resolve("events"));

        new DataSourceUrl().postProcessBeforeInitialization(properties, "dataSource");

        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    @Test
    void staysAsItIsWhenItIsThere() throws IOException {
        Files.setPosixFilePermissions(here, PosixFilePermissions.fromString("rwxr-x---"));

        PrivateFolder.create(here);

        assertThat(permissions(here)).isEqualTo("rwxr-x---");
    }

    private static String permissions(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }
}
