// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param key Base64 of 32 bytes; empty: kept in a file beside the database, generated when the database is new */
@ConfigurationProperties("events.encryption")
record EncryptionSettings(@DefaultValue("") String key) {

    @Override
    public String toString() {
        return "EncryptionSettings[key=***]";
    }
}
