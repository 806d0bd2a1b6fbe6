// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import qboevents.testing.TestService;

/** A POST of Intuit's. Good until something is spoiled: {@code Webhook.of(body).signedWith("another").postTo(service)}. */
record Webhook(String path, byte[] body, Map<String, String> headers) {

    static final String TOKEN = "b5771f19b12ddb4bcdb9f08bdc50bc63878a";
    static final String SETTING = "quickbooks.webhook.verifier-tokens=another-app, " + TOKEN;

    private static final Duration LONGEST = Duration.ofSeconds(30); // a test of what hangs must not hang itself
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** CloudEvents, each as {@link #event} gives it. */
    static Webhook of(String... events) {
        return ofBody("[" + String.join(",", events) + "]");
    }

    static Webhook ofBody(String body) {
        return ofBytes(body.getBytes(UTF_8));
    }

    static Webhook ofBytes(byte[] body) {
        return new Webhook("", body, Map.of("Content-Type", "application/cloudevents+json")).signedWith(TOKEN);
    }

    /** {@code qbo.invoice.created.v1} */
    static String event(String realm, String what, String id, String time) {
        return """
                {"specversion":"1.0","id":"88cd52aa-33b6-4351-9aa4-47572edbd068","source":"intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58=",\
                "type":"qbo.%s.v1","datacontenttype":"application/json","time":"%s","intuitentityid":"%s","intuitaccountid":"%s",\
                "data":{}}""".formatted(what, time, id, realm);
    }

    static String merge(String realm, String entity, String survivor, String loser, String time) {
        return event(realm, entity + ".merged", survivor, time).replace("\"data\":{}", "\"data\":{\"deletedId\":\"" + loser + "\"}");
    }

    Webhook signedWith(String token) {
        return with("intuit-signature", signature(token, body));
    }

    Webhook to(String newPath) {
        return new Webhook(newPath, body, headers);
    }

    Webhook with(String name, String value) {
        var all = new HashMap<>(headers);
        all.put(name, value);
        return new Webhook(path, body, all);
    }

    Webhook without(String name) {
        var all = new HashMap<>(headers);
        all.remove(name);
        return new Webhook(path, body, all);
    }

    /** The same signature over other bytes on the wire. */
    Webhook sending(byte[] other) {
        return new Webhook(path, other, headers);
    }

    int postTo(TestService service) {
        return answerOf(service).statusCode();
    }

    HttpResponse<String> answerOf(TestService service) {
        var request = HttpRequest.newBuilder(URI.create(service.base() + "/events/quickbooks" + path))
                .timeout(LONGEST)
                .POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("No answer to a webhook", e);
        }
    }

    private static String signature(String token, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
