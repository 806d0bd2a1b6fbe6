// SPDX-License-Identifier: Apache-2.0
package qboevents.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import qboevents.http.ApiErrors;

class HubErrorsTest {

    @Test
    void tellsADatabaseThatIsAwayFromAQuickBooksThatIs() {
        var errors = new HubErrors(new ApiErrors());
        var refused = new SQLException("Connection refused", new ConnectException());

        assertThat(errors.of(new CannotGetJdbcConnectionException("Failed to obtain a connection", refused), "id").status())
                .isEqualTo(503);
        assertThat(errors.of(new ConnectException(), "id").status()).isEqualTo(502);
    }
}
