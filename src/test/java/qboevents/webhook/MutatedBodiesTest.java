// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Good bodies that something has happened to, at random; a failure names the seed that repeats it. */
class MutatedBodiesTest {

    private static final List<String> ODD_VALUES = List.of("null", "true", "-1", "1e999", "[]", "{}", "\"\"", "\" \"", "\"\\u0000\"",
            "\"\\uDC00\"", "\"" + "y".repeat(300) + "\"", "{\"type\":\"qbo.a.b.c\"}", "[[{\"intuitentityid\":\"1\"}]]", "\"\\u20ac\"",
            "\"qbo.x\"", "\"....\"", "\"2025\"", "{\"deletedid\":{}}", "{\"deletedid\":\"\\b\"}", "{\"eventNotifications\":[1]}");
    private static final List<String> MEMBERS = List.of("type", "time", "intuitentityid", "intuitaccountid", "data", "id", "eventNotifications");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final WebhookBodies bodies = new WebhookBodies(Clock.systemUTC());

    @Test
    void losesNothingAroundAnElementWithOddValues() {
        for (int i = 0; i < 3000; i++) {
            var before = goods();
            var after = goods();
            var body = "[" + String.join(",", before) + "," + odd() + "," + String.join(" , ", after) + "]";

            var batch = bodies.read(body.getBytes(UTF_8));

            var elements = batch.notices().stream().map(each -> new String(each.element(), UTF_8)).toList();
            assertThat(elements).as("seed %d, body %s", seed, body).startsWith(before.toArray(String[]::new))
                    .endsWith(after.toArray(String[]::new));
        }
    }

    @Test
    void readsWhateverItGets() {
        for (int i = 0; i < 20_000; i++) {
            var good = "[" + String.join(",", goods()) + "]";
            var bytes = good.getBytes(UTF_8);
            int changes = 1 + random.nextInt(3);
            for (int change = 0; change < changes; change++) {
                bytes = mutated(bytes);
            }

            var batch = read(bytes);

            // Nothing is told of a body that is set aside whole, and nothing is dropped without being set aside.
            var whole = batch.unreadable().size() == 1 && batch.unreadable().get(0).body() == bytes;
            assertThat(whole && !batch.notices().isEmpty()).as("seed %d", seed).isFalse();
            for (var notice : batch.notices()) {
                assertThat(new String(bytes, ISO_8859_1)).as("seed %d", seed).contains(new String(notice.element(), ISO_8859_1));
            }
        }
    }

    private Batch read(byte[] bytes) {
        try {
            return bodies.read(bytes);
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + ", body " + new String(bytes, ISO_8859_1), e);
        }
    }

    /** One byte replaced, repeated or left out, or the body cut off there. */
    private byte[] mutated(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        var result = new ByteArrayOutputStream();
        result.write(bytes, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> result.write(random.nextInt(256));
            case 1 -> result.write("{}[]\":,\\ 0".charAt(random.nextInt(10)));
            case 2 -> IntStream.range(0, random.nextInt(40)).forEach(copy -> result.write(bytes[at]));
            case 3 -> {
                return at == 0 ? bytes : result.toByteArray();
            }
            default -> {}
        }
        result.write(bytes, at + 1, bytes.length - at - 1);
        return result.size() == 0 ? bytes : result.toByteArray();
    }

    private List<String> goods() {
        return IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> good()).toList();
    }

    private String good() {
        return "{\"type\":\"qbo.%s.%s.v1\",\"time\":\"2025-09-10T21:31:25Z\",\"intuitentityid\":\"%d\",\"intuitaccountid\":\"7\",\"data\":{}}"
                .formatted(pick(List.of("invoice", "Bill", "x")), pick(List.of("created", "voided", "?")), random.nextInt(1000));
    }

    /** A member more, or one that says something else, or none of it at all. */
    private String odd() {
        return switch (random.nextInt(4)) {
            case 0 -> pick(ODD_VALUES);
            case 1 -> "{\"" + pick(MEMBERS) + "\":" + pick(ODD_VALUES) + "," + good().substring(1);
            case 2 -> good().replaceAll("}$", ",\"" + pick(MEMBERS) + "\":") + pick(ODD_VALUES) + "}";
            default -> "{\"" + pick(MEMBERS) + "\":" + pick(ODD_VALUES) + ",\"" + pick(MEMBERS) + "\":" + pick(ODD_VALUES) + "}";
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
