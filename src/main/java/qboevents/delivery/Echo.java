// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import qboevents.http.Blot;
import qboevents.instance.Callback;

/** A receiver may repeat what it was sent. Its answer is kept and shown, so what of it is secret is blotted out. */
final class Echo {

    private static final String BASIC = "Basic ";

    private Echo() {}

    static byte[] blotted(byte[] answer, @Nullable Callback callback) {
        if (answer.length == 0 || callback == null) {
            return answer;
        }
        var before = new String(answer, ISO_8859_1); // byte by byte: it may be anything
        var after = Blot.of(secrets(callback)).blotted(before);
        return after.equals(before) ? answer : after.getBytes(ISO_8859_1);
    }

    private static Set<String> secrets(Callback callback) {
        var secrets = new LinkedHashSet<String>();
        secrets.addAll(callback.signatureKeys().all());
        for (var value : callback.headers().values()) {
            secrets.add(value);
            if (value.startsWith(BASIC)) {
                secrets.add(value.substring(BASIC.length()));
                secrets.add(password(value.substring(BASIC.length())));
            }
        }
        return secrets.stream().map(secret -> new String(secret.getBytes(UTF_8), ISO_8859_1)).collect(Collectors.toSet());
    }

    private static String password(String pair) {
        try {
            var text = new String(Base64.getDecoder().decode(pair), UTF_8);
            return text.substring(text.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return ""; // a header of the instance's own that only looks like one
        }
    }
}
