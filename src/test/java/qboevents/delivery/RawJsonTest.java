// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawJsonTest {

    @Test
    void leavesOutBlanksBetweenTheTokensOfARecordAndNothingElse() {
        assertThat(written("{ \"Id\" : \"1\",\r\n\t\"Line\": [ 1.50, -2e3 , null ] }")).isEqualTo("{\"Id\":\"1\",\"Line\":[1.50,-2e3,null]}");
        assertThat(written("{\"a b\": \"say \\\" : , \\\\\", \"c\" : \" \\u00fc ü \"}"))
                .isEqualTo("{\"a b\":\"say \\\" : , \\\\\",\"c\":\" \\u00fc ü \"}");
    }

    private static String written(String record) {
        var json = new RawJson();
        json.object(() -> json.member("data", record.getBytes(StandardCharsets.UTF_8)));
        var text = new String(json.bytes(), StandardCharsets.UTF_8);
        return text.substring("{\"data\":".length(), text.length() - 1);
    }
}
