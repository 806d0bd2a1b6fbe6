// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param key Base64 of 32 bytes; empty: kept in a file beside the database, generated when the database is new
 * @param otherKeys open what they have sealed, and seal nothing: the key before this one, or the one after it
 */
@ConfigurationProperties("events.encryption")
record EncryptionSettings(@DefaultValue("") String key, @DefaultValue List<String> otherKeys) {

    EncryptionSettings {
        otherKeys = otherKeys.stream().map(String::strip).filter(each -> !each.isEmpty()).toList();
    }

    @Override
    public String toString() {
        return "EncryptionSettings[key=***, otherKeys=" + otherKeys.size() + " of them]";
    }
}
