// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhooks as Intuit sends them: one buffer per company, in which ids, time and signature are put in place; one thread. */
final class SignedPosts {

    /** With {@code ENTITY} and {@code COMPANY} replaced once, {@code ########} for every POST, the time every second. */
    static final String CLOUD_EVENT = "{\"specversion\":\"1.0\",\"id\":\"88cd52aa-33b6-4351-9aa4-0000########\","
            + "\"source\":\"intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=\",\"type\":\"qbo.ENTITY.created.v1\","
            + "\"datacontenttype\":\"application/json\",\"time\":\"____-__-__T__:__:__.179851517Z\","
            + "\"intuitentityid\":\"########\",\"intuitaccountid\":\"COMPANY\",\"data\":{}}";

    private static final String NUMBER = "########";
    private static final String TIME = "____-__-__T__:__:__";
    private static final String SIGNATURE = "=".repeat(44);

    private final Base64.Encoder base64 = Base64.getEncoder();
    private final Journal journal;
    private final Mac mac;
    private final List<Template> templates;
    private long second;

    SignedPosts(Journal journal, URI target, String token, String event, List<String> entities, List<String> companies) {
        this.journal = journal;
        this.mac = mac(token);
        this.templates = companies.stream()
                .map(company -> entities.stream().map(entity -> event.replace("ENTITY", entity))
                        .collect(Collectors.joining(",", "[", "]")).replace("COMPANY", company))
                .map(body -> new Template(target, body))
                .toList();
    }

    /** Good until the next call for the same company. */
    ByteBuffer post(int number) {
        renewTime();
        var template = templates.get(number % templates.size());
        template.number(number);
        template.sign();
        return template.buffer.rewind();
    }

    private void renewTime() {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            var time = now.minusSeconds(1).toString().substring(0, TIME.length()).getBytes(StandardCharsets.US_ASCII);
            templates.forEach(template -> template.times.forEach(at -> template.put(time, at)));
        }
    }

    private static Mac mac(String token) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Template {

        private final byte[] bytes;
        private final ByteBuffer buffer;
        private final int body;
        private final int signature;
        private final List<Integer> times;
        private final List<Integer> numbers;

        Template(URI target, String content) {
            var head = "POST " + target.getPath() + " HTTP/1.1\r\nHost: " + target.getAuthority()
                    + "\r\nContent-Type: application/cloudevents+json\r\nintuit-signature: " + SIGNATURE
                    + "\r\nContent-Length: " + content.length() + "\r\n\r\n";
            var text = head + content;
            bytes = text.getBytes(StandardCharsets.US_ASCII);
            buffer = ByteBuffer.wrap(bytes);
            body = head.length();
            signature = head.indexOf(SIGNATURE);
            times = placesOf(TIME, text);
            numbers = placesOf(NUMBER, text);
        }

        void number(int post) {
            int perEvent = numbers.size() / journal.perPost();
            for (int i = 0; i < numbers.size(); i++) {
                long rest = journal.id(post, i / perEvent);
                for (int at = numbers.get(i) + NUMBER.length() - 1; at >= numbers.get(i); at--, rest /= 10) {
                    bytes[at] = (byte) ('0' + rest % 10);
                }
            }
        }

        void sign() {
            mac.update(bytes, body, bytes.length - body);
            put(base64.encode(mac.doFinal()), signature);
        }

        void put(byte[] what, int at) {
            System.arraycopy(what, 0, bytes, at, what.length);
        }

        private static List<Integer> placesOf(String mark, String text) {
            var places = new ArrayList<Integer>();
            for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
                places.add(at);
            }
            return places;
        }
    }
}
