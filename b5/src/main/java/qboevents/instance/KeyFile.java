// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The generated key, on disk as a whole or not at all, and readable by its owner alone. */
record KeyFile(Path path) {

    Optional<String> read() {
        try {
            return Files.exists(path) ? Optional.of(Files.readString(path).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new EncryptionKeyException("The encryption key in " + path + " cannot be read: " + e,
                    "Let the service read that file, or give the key as events.encryption.key.");
        }
    }

    void write(String key) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            var draft = Files.createTempFile(path.toAbsolutePath().getParent(), "encryption", ".tmp");
            if (draft.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(draft, key + "\n", StandardOpenOption.SYNC);
            Files.move(draft, path);
        } catch (IOException e) {
            throw new EncryptionKeyException("No encryption key is given, and none can be kept in " + path + ": " + e,
                    "Let the service write that file, or give the key as events.encryption.key.");
        }
    }
}
