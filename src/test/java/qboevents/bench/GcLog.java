// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What {@code -Xlog:gc} wrote: the heap before and after each collection, without asking the service while it works. */
record GcLog(List<Collection> collections) {

    private static final Pattern PAUSE = Pattern.compile("Pause.* (\\d+)M->(\\d+)M\\(\\d+M\\) ([\\d.]+)ms");

    static GcLog read(Path file) {
        try {
            return new GcLog(PAUSE.matcher(Files.readString(file)).results().map(GcLog::collection).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    GcLog since(GcLog before) {
        return new GcLog(collections.subList(before.collections.size(), collections.size()));
    }

    long mostMegabytes() {
        return collections.stream().mapToLong(Collection::before).max().orElse(0);
    }

    long mostMegabytesAfter() {
        return collections.stream().mapToLong(Collection::after).max().orElse(0);
    }

    double longestPause() {
        return collections.stream().mapToDouble(Collection::milliseconds).max().orElse(0);
    }

    double allPauses() {
        return collections.stream().mapToDouble(Collection::milliseconds).sum();
    }

    private static Collection collection(MatchResult line) {
        return new Collection(Long.parseLong(line.group(1)), Long.parseLong(line.group(2)), Double.parseDouble(line.group(3)));
    }

    /** In megabytes. */
    record Collection(long before, long after, double milliseconds) {}
}
