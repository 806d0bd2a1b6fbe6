// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where routes are read from. Asked again, it reads again. */
public sealed interface RoutesSource permits RoutesFolder, RoutesInJar {

    /** Only the default folder may be missing: a folder that somebody has named is meant. */
    static RoutesSource at(String folder) {
        var path = Path.of(folder).normalize();
        if (Files.isDirectory(path)) {
            return new RoutesFolder(path);
        }
        if (path.equals(Path.of(RoutesSettings.DEFAULT_FOLDER).normalize())) {
            return new RoutesInJar();
        }
        throw RoutesRefused.noFolder(path.toAbsolutePath());
    }

    List<RouteText> texts();

    /** Files that somebody may believe to be read. */
    List<Problem> strangers();

    /** Every file by its address, so that Camel loads what was checked and nothing else. */
    String includePattern();
}
