// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;

/** A whole Apache Kafka, of one node, in this JVM; stopped and started again it is the same one, with what it has on disk. */
public final class KafkaBroker implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final int port = ServiceProcess.freePort();
    private final Properties properties = new Properties();
    private KafkaRaftServer server;

    public KafkaBroker(Path folder) {
        int controller = ServiceProcess.freePort();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@localhost:" + controller,
                "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controller,
                "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", folder.resolve("data").toString(),
                "num.partitions", "3",
                "offsets.topic.replication.factor", "1",
                "group.initial.rebalance.delay.ms", "0"));
        format(folder.resolve("server.properties"));
        start();
    }

    private void format(Path file) {
        try (var text = Files.newBufferedWriter(file)) {
            properties.store(text, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var arguments = new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        StorageTool.execute(arguments, new PrintStream(OutputStream.nullOutputStream()));
    }

    public void start() {
        server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        server.startup();
    }

    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    public String address() {
        return "localhost:" + port;
    }

    /** All that the topic holds from its beginning, as soon as that is enough; a partition after the other. */
    public List<ConsumerRecord<String, byte[]>> read(String topic, Predicate<List<ConsumerRecord<String, byte[]>>> enough) {
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        Map<String, Object> settings = Map.of("bootstrap.servers", address(), "group.id", Uuid.randomUuid().toString(),
                "auto.offset.reset", "earliest", "metadata.max.age.ms", "500");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            for (long end = System.nanoTime() + LONGEST.toNanos(); !enough.test(found); ) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("Not enough in " + topic + " after " + LONGEST + ": " + found);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    @Override
    public void close() {
        stop();
    }
}
