// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.util.Collection;
import java.util.Comparator;

/** Takes what is secret out of what somebody else has said: he may repeat what he was sent, and his words are kept and shown. */
public interface Blot {

    String MARK = "********";

    String blotted(String text);

    /** Of these secrets. What is shorter than six characters would be found in every other word. */
    static Blot of(Collection<String> secrets) {
        // The longest first: a secret may hold another one, and what is left of it around that would be shown.
        var all = secrets.stream().filter(secret -> secret.length() >= 6).distinct()
                .sorted(Comparator.comparingInt(String::length).reversed()).toList();
        return text -> {
            var blotted = text;
            for (var secret : all) {
                blotted = blotted.replace(secret, MARK);
            }
            return blotted;
        };
    }
}
