// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qboevents.database.PrivateFolder;

/** The generated key, on disk as a whole or not at all, and readable by its owner alone. One line for each key. */
record KeyFile(Path path) {

    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    /** @return none when there is no such file; of several the first one seals, and all of them open */
    List<String> read() {
        try {
            if (!Files.exists(path)) {
                return List.of();
            }
            var keys = Files.readAllLines(path).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
            if (keys.isEmpty()) {
                throw new EncryptionKeyException("The key file " + path + " is empty.",
                        "Put its content back, or give the key as events.encryption.key.");
            }
            if (readableByOthers()) {
                log.warn("The key file {} can be read by others than its owner; take that from them: chmod 600", path);
            }
            return keys;
        } catch (IOException e) {
            throw new EncryptionKeyException("The encryption key in " + path + " cannot be read: " + e,
                    "Let the service read that file, or give the key as events.encryption.key.");
        }
    }

    void write(String key) {
        try {
            PrivateFolder.create(path.toAbsolutePath().getParent());
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

    private boolean readableByOthers() throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
    }
}
