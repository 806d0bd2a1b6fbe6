// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What companies have in QuickBooks, and the key to their tokens, is nobody's but the service's: a new folder is its owner's alone. */
public final class PrivateFolder {

    private PrivateFolder() {}

    /** With those above it; one that is there stays as it is. */
    public static void create(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }
}
