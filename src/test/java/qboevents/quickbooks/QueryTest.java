// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;

class QueryTest {

    private final Query query = new Query(new Binder().bindOrCreate("quickbooks.api", QuickBooksSettings.class));

    @Test
    void asksForRecordsByTheirIds() {
        assertThat(decoded(query.records("Invoice", false, List.of("145", "7"))))
                .isEqualTo("query=SELECT * FROM Invoice WHERE Id IN ('145','7') MAXRESULTS 2&minorversion=75");
    }

    @Test
    void asksForInactiveRecordsOfAListToo() {
        assertThat(decoded(query.records("TaxCode", true, List.of("TAX"))))
                .contains("Id IN ('TAX') AND Active IN (true, false) MAXRESULTS 1");
    }

    @Test
    void letsNoIdEndItsLiteral() {
        assertThat(decoded(query.records("Invoice", false, List.of("1') OR '", "\\"))))
                .contains("Id IN ('1\\') OR \\'','\\\\') MAXRESULTS 2");
    }

    private static String decoded(String rawQuery) {
        return URLDecoder.decode(rawQuery, UTF_8);
    }
}
