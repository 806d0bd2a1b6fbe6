// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Map;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

@ExtendWith(OutputCaptureExtension.class)
class ApiErrorsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiErrors errors = new ApiErrors();

    private static Throwable failureOfReading(String json) {
        try {
            JSON.readValue(json, Map.class);
            throw new AssertionError("It can be read");
        } catch (JsonProcessingException e) {
            return e;
        }
    }

    /** A getter that fails. */
    public static final class Unwritable {
        public String getText() {
            throw new IllegalStateException("a detail that is nobody's business");
        }
    }

    private int status(Throwable cause) {
        return errors.of(new RuntimeException("of Camel", cause), "id").status();
    }

    @Test
    void tellsABodyThatCannotBeReadFromAnAnswerThatCannotBeWritten(CapturedOutput log) {
        assertThat(status(failureOfReading("{"))).isEqualTo(400);
        assertThat(status(failureOfReading("[1]"))).isEqualTo(400);
        assertThat(status(failureOfReading("{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}"))).isEqualTo(400);
        assertThat(log.getAll()).isEmpty();

        try {
            JSON.writeValueAsString(Map.of("view", new Unwritable()));
        } catch (JsonProcessingException e) {
            var failure = errors.of(e, "the-id");
            assertThat(failure.status()).isEqualTo(500);
            assertThat(failure.body().message()).doesNotContain("detail");
        }
        assertThat(log.getAll()).contains("Request the-id failed", "a detail that is nobody's business");
    }

    @Test
    void tellsADatabaseThatIsAwayFromAQuickBooksThatIs() {
        var refused = new SQLException("Connection refused", new ConnectException());

        assertThat(status(new CannotGetJdbcConnectionException("Failed to obtain a connection", refused))).isEqualTo(503);
        assertThat(status(new CannotCreateTransactionException("Could not open a connection", refused))).isEqualTo(503);
        assertThat(status(new ConnectException())).isEqualTo(502);
    }

    @Test
    void tellsASenderWhoWentAwayFromAQuickBooksThatDid() {
        assertThat(status(new ClientAbortException(new EOFException()))).isEqualTo(400);
        assertThat(status(new SocketTimeoutException())).isEqualTo(502);
    }
}
