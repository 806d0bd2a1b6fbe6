// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver of src/docs/receivers as a process of its own, the way its first line says. */
final class ReceiverExample implements AutoCloseable {

    enum Language {
        JAVA(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "java/Receiver.java"),
        JAVASCRIPT("node", "javascript/receiver.mjs"),
        PYTHON("python3", "python/receiver.py");

        private final String tool;
        private final Path file;

        Language(String tool, String file) {
            this.tool = tool;
            this.file = Path.of("src/docs/receivers", file).toAbsolutePath();
        }

        /** Skips the test where the language is not there; .ci/run installs all of them. */
        ReceiverExample start(String key) {
            assumeTrue(installed(), tool + " is not installed: the receiver " + file + " WAS NOT TESTED");
            return new ReceiverExample(this, key);
        }

        private boolean installed() {
            return List.of(System.getenv("PATH").split(":")).stream()
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(tool)));
        }
    }

    private static final String LISTENING = "listening on ";

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private ReceiverExample(Language language, String key) {
        var builder = new ProcessBuilder(language.tool, language.file.toString()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("PORT", "0", "SIGNATURE_KEY", key, "PYTHONIOENCODING", "utf-8"));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var reader = new Thread(() -> process.inputReader().lines().forEach(lines::add), "receiver " + language);
        reader.setDaemon(true);
        reader.start();
        await().atMost(Scene.SOON).until(() -> lines.stream().anyMatch(line -> line.startsWith(LISTENING)));
    }

    String url() {
        return "http://127.0.0.1:" + lines.get(0).substring(LISTENING.length()).strip() + "/callback";
    }

    /** What it says that it has taken: {@code CREATED invoices 12}. */
    List<String> taken() {
        return lines.stream().filter(line -> !line.startsWith(LISTENING)).toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
