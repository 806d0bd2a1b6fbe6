// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesSourceTest {

    @Test
    void prefersTheFolderInTheWorkingDirectory() {
        assertThat(RoutesSource.at("./routes")).isEqualTo(new RoutesFolder(Path.of("routes")));
    }

    @Test
    void refusesANamedFolderThatDoesNotExist() {
        assertThatThrownBy(() -> RoutesSource.at("/no/such/folder")).isInstanceOfSatisfying(RoutesRefused.class, refused ->
                assertThat(refused.description()).isEqualTo("events.routes.folder names /no/such/folder, which is not a folder."));
    }

    @Test
    void findsTheSameRoutesInTheJar() {
        var folder = new RoutesFolder(Path.of("routes"));

        assertThat(new RoutesInJar().texts()).containsExactlyInAnyOrderElementsOf(folder.texts());
    }

    @Test
    void tellsCamelToLoadTheFilesThatAreReadAndNoOther(@TempDir Path path) throws IOException {
        Files.writeString(path.resolve("bills.camel.yaml"), "");
        Files.writeString(path.resolve(".bills.camel.yaml"), "");
        Files.writeString(path.resolve("vendors.camel.yaml"), "");

        assertThat(new RoutesFolder(path).includePattern())
                .isEqualTo("file:%1$s/bills.camel.yaml,file:%1$s/vendors.camel.yaml".formatted(path));
    }

    @Test
    void readsAConfigMapAsKubernetesMountsIt(@TempDir Path path) throws IOException {
        var version = Files.createDirectory(path.resolve("..2026_11_20"));
        Files.writeString(version.resolve("bills.camel.yaml"), "");
        Files.createSymbolicLink(path.resolve("..data"), Path.of("..2026_11_20"));
        Files.createSymbolicLink(path.resolve("bills.camel.yaml"), Path.of("..data/bills.camel.yaml"));

        assertThat(new RoutesFolder(path).includePattern()).isEqualTo("file:" + path + "/bills.camel.yaml");
        assertThat(new RoutesFolder(path).strangers()).isEmpty();
    }
}
