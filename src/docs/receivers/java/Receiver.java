// Takes notifications. A JDK (17 or newer) and nothing else: SIGNATURE_KEY=… PORT=8081 java Receiver.java

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Receiver {

    private static final Duration TOLERANCE = Duration.ofMinutes(5); // for webhook-timestamp
    private static final int LARGEST = 32 * 1024 * 1024;

    // These three stand for your JSON library. Ids have 20 characters, and the notification's own comes first.
    private static final Pattern ID = Pattern.compile("\"(?:eventId|id)\":\"([\\w-]{20})\"");
    private static final Pattern EVENT = Pattern.compile(
            "\"eventType\":\"(\\w+)\",\"hubKey\":\"finance\",\"objectId\":\"([^\"]+)\",\"objectType\":\"([^\"]+)\"");
    private static final Pattern CLOUD_EVENT = Pattern.compile(
            "^\\{\"specversion\".*?\"type\":\"quickbooks\\.([^.\"]+)\\.(\\w+)\",\"subject\":\"([^\"]+)\"");

    /** Stands for your database: insert … on conflict (id) do nothing, committed before it returns. */
    private static final Map<String, byte[]> STORE = new ConcurrentHashMap<>();

    /** Stands for what does the work, of what is stored and not done yet. */
    private static final Executor WORKER = Executors.newSingleThreadExecutor();

    /** The key, and while it is being replaced the one before it too. */
    private final List<String> keys;

    Receiver(List<String> keys) {
        this.keys = keys;
    }

    public static void main(String... arguments) throws IOException {
        var keys = Stream.of("SIGNATURE_KEY", "SIGNATURE_KEY_BEFORE")
                .map(name -> System.getenv().getOrDefault(name, "")).filter(key -> !key.isEmpty()).toList();
        if (keys.isEmpty()) {
            System.err.println("set SIGNATURE_KEY to what the instance has as event.notification.signature.key");
            System.exit(1);
        }
        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8081"));
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", new Receiver(keys)::handle);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
        System.out.println("listening on " + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(receive(exchange), -1);
        }
    }

    /** Anything but 2xx, and it is sent again; as with an exception, which ends the connection without an answer. */
    private int receive(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return 405;
        }
        // The bytes as they came: parsed and written again they would be others.
        var body = exchange.getRequestBody().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            return 413;
        }
        var headers = exchange.getRequestHeaders();
        var text = new String(body, UTF_8);
        var id = ID.matcher(text);
        // The one in the body is signed in any case.
        if (!genuine(headers, body) || !id.find() || !id.group(1).equals(headers.getFirst("Elements-Webhook-Id"))) {
            return 401;
        }
        if (STORE.putIfAbsent(id.group(1), body) == null) {
            WORKER.execute(() -> tell(text));
        }
        return 200; // only now
    }

    private boolean genuine(Headers headers, byte[] body) {
        return headers.containsKey("webhook-signature") ? standardWebhooks(headers, body) : elements(headers, body);
    }

    /** Either key will do: for a day after a change both signatures are sent. */
    private boolean standardWebhooks(Headers headers, byte[] body) {
        var timestamp = String.valueOf(headers.getFirst("webhook-timestamp"));
        if (!timestamp.matches("\\d{1,12}")
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now()).abs().compareTo(TOLERANCE) > 0) {
            return false;
        }
        var head = (headers.getFirst("webhook-id") + "." + timestamp + ".").getBytes(UTF_8);
        var given = headers.getFirst("webhook-signature").split(" ");
        return keys.stream().map(key -> "v1," + sign(standardKey(key), head, body))
                .anyMatch(wanted -> Stream.of(given).anyMatch(each -> same(wanted, each)));
    }

    private static byte[] standardKey(String key) {
        return key.startsWith("whsec_") ? Base64.getDecoder().decode(key.substring("whsec_".length())) : key.getBytes(UTF_8);
    }

    /** As Open Connectors signs: neither time nor headers, and the new key's only. */
    private boolean elements(Headers headers, byte[] body) {
        var given = String.valueOf(headers.getFirst("Elements-Webhook-Signature"));
        return keys.stream().anyMatch(key -> same("sha256=" + sign(key.getBytes(UTF_8), body), given));
    }

    private static boolean same(String wanted, String given) {
        return MessageDigest.isEqual(wanted.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    private static String sign(byte[] key, byte[]... parts) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            Stream.of(parts).forEach(mac::update);
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An objectId is Id|SyncToken, or the bare Id. */
    private static void tell(String text) {
        CLOUD_EVENT.matcher(text).results()
                .forEach(event -> System.out.println(event.group(2) + " " + event.group(1) + " " + event.group(3)));
        EVENT.matcher(text.startsWith("{\"specversion\"") ? "" : text).results().forEach(event -> System.out.println(
                event.group(1) + " " + event.group(3) + " " + event.group(2).split("\\|")[0]));
    }
}
