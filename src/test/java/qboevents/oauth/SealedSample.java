// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.encryption.Encryption;
import qboevents.instance.Instances;
import qboevents.instance.Sample;

/** Connected companies in a database, and what of them can be opened with a key. */
public record SealedSample(JdbcClient database, Encryption encryption) {

    /** @return their ids; the n-th has the secret {@code secret-n} */
    public List<Long> connect(int companies) {
        return IntStream.range(0, companies).mapToObj(number -> {
            var id = Sample.create(instances(), Map.of("oauth.api.secret", "secret-" + number));
            keep(id, "refresh-" + id);
            return id;
        }).toList();
    }

    public void keep(long id, String refreshToken) {
        var pair = TokenPair.bearing("access-" + id, refreshToken, Duration.ofHours(1), Optional.empty(), Optional.empty());
        rows().replace(id, pair, Clock.systemUTC().instant());
    }

    public String refreshToken(long id) {
        return rows().refresh(id, rows().row(id).orElseThrow());
    }

    public String secret(long id) {
        return instances().stored(id).configuration().get("oauth.api.secret");
    }

    private TokenRows rows() {
        return new TokenRows(database, encryption);
    }

    private Instances instances() {
        return Sample.instances(database, encryption, Clock.systemUTC());
    }
}
