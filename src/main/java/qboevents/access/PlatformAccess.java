// SPDX-License-Identifier: Apache-2.0
package qboevents.access;

import java.util.Optional;
import org.springframework.stereotype.Component;
import qboevents.encryption.Encryption;

/** For a part of this service in which a human, who has shown the platform's two secrets once, goes on for a while without. */
@Component
public class PlatformAccess {

    private final PlatformSecrets secrets;
    private final Encryption encryption;

    PlatformAccess(PlatformSecrets secrets, Encryption encryption) {
        this.secrets = secrets;
        this.encryption = encryption;
    }

    /** Both are looked at, so that the time tells nothing. */
    public boolean admits(String user, String organization) {
        return secrets.user(user) & secrets.organization(organization);
    }

    /** Changes with either secret, and then nobody goes on. Tells nothing of them. */
    public String fingerprint() {
        return secrets.fingerprint();
    }

    /** What a call from within this process sends as its {@code Authorization}. */
    public String authorization() {
        return secrets.own();
    }

    /** @param purpose what it is sealed for, it opens for nothing else */
    public String seal(String purpose, String plain) {
        return encryption.seal(Encryption.PASSING + purpose, plain);
    }

    /** Nothing when it was sealed for something else, with a key that is gone, or not at all. */
    public Optional<String> open(String purpose, String sealed) {
        try {
            return Optional.of(encryption.open(Encryption.PASSING + purpose, sealed));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }
}
