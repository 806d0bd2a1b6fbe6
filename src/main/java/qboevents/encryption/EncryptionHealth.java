// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether this node still opens what is in the database: another may have sealed it with a key that this one was not given. */
@Component("encryptionHealthIndicator")
class EncryptionHealth extends AbstractHealthIndicator {

    private final Encryption encryption;
    private final EncryptionCheck check;

    EncryptionHealth(Encryption encryption, JdbcClient jdbc) {
        this.encryption = encryption;
        this.check = new EncryptionCheck(jdbc);
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.status(check.opens(encryption) ? "UP" : "DOWN").withDetail("key", encryption.keyName());
    }
}
