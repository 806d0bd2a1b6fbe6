// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostSpellingTest {

    @ParameterizedTest
    @ValueSource(strings = {"0x7f000001", "0X7F.1", "017700000001", "2130706433", "127.1", "127.0.1", "0177.0.0.1", "127.0.0.01",
        "0x7f.0.0.1", "1.2.3.4.5", "256.1.1.1", "1.2.3.4.", "127.0.0.1.0x0", "foo.1", "0x", "99999999999999999999"})
    void refusesNumbersThatAreReadInDifferentWays(String host) {
        assertThat(HostSpelling.fault(host)).hasValueSatisfying(fault -> assertThat(fault).contains("four decimal numbers"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[fe80::1%25eth0]", "[fe80::1%eth0]", "[]", "[v1.fe80::a]", "[::1", "[127.0.0.1]", "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460",
        "b\u00fccher.example", "a_b", "-a.example", "a..b", ".", "", ".example", "a b", "a%2eb", "127\u30020\u30020\u30021"})
    void refusesWhatIsNoHost(String host) {
        assertThat(HostSpelling.fault(host)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "example.com.", "EXAMPLE", "1.2.3.4", "203.0.113.7", "0.0.0.0", "255.255.255.255", "[2001:db8::1]",
        "[::ffff:127.0.0.1]", "xn--bcher-kva.example", "4u.example", "0x7f.example", "1.2.3.4.nip.io", "a--b.c", "localhost"})
    void takesNamesAndAddressesInTheirPlainForm(String host) {
        assertThat(HostSpelling.fault(host)).isEmpty();
    }
}
