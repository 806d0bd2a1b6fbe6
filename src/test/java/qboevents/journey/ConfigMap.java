// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The shipped routes in a folder as Kubernetes mounts them: each file a link into {@code ..data}, which is a link itself. */
final class ConfigMap {

    /** Between emptying a file and writing it. */
    private static final Duration EDITOR = Duration.ofMillis(200);

    private final Path folder;
    private final AtomicInteger versions = new AtomicInteger();
    private final Map<String, String> texts = new LinkedHashMap<>();

    ConfigMap(Path folder) {
        this.folder = folder;
        try (var files = Files.list(Path.of("routes"))) {
            for (var file : files.sorted().toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        apply();
    }

    /** By the names of the files. */
    Map<String, String> texts() {
        return Map.copyOf(texts);
    }

    ConfigMap reset(Map<String, String> all) {
        texts.clear();
        texts.putAll(all);
        return this;
    }

    String text(String file) {
        return texts.get(file);
    }

    ConfigMap with(String file, String text) {
        texts.put(file, text);
        return this;
    }

    ConfigMap replace(String file, String old, String now) {
        if (!texts.get(file).contains(old)) {
            throw new AssertionError(old + " is not in " + file);
        }
        return with(file, texts.get(file).replace(old, now));
    }

    ConfigMap without(String file) {
        texts.remove(file);
        return this;
    }

    /** All of it at once, as a node's kubelet does. */
    void apply() {
        try {
            var version = Files.createDirectory(folder.resolve("..version" + versions.incrementAndGet()));
            for (var each : texts.entrySet()) {
                Files.writeString(version.resolve(each.getKey()), each.getValue());
            }
            var link = Files.createSymbolicLink(folder.resolve("..data_tmp"), version.getFileName());
            Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            for (var name : texts.keySet()) {
                if (!Files.isSymbolicLink(folder.resolve(name))) {
                    Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
                }
            }
            for (var old : List.of(folder.toFile().list())) {
                if (!old.startsWith("..") && !texts.containsKey(old)) {
                    Files.delete(folder.resolve(old));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without a swap, as an editor does that empties a file before it writes it. */
    void writeInPlace(String file, String text) {
        try (var out = Files.newBufferedWriter(folder.resolve(file))) {
            await().pollDelay(EDITOR).until(() -> true);
            out.write(text);
            texts.put(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
