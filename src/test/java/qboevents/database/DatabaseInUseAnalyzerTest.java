// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DatabaseInUseAnalyzerTest {

    @Test
    void saysWhatToDoAboutAFileThatIsInUse() {
        var analyzer = new DatabaseInUseAnalyzer();

        assertThat(analyzer.analyze(new RuntimeException(new SQLException("locked", "90020", 90020))).getAction())
                .contains("Stop it first");
        assertThat(analyzer.analyze(new RuntimeException(new SQLException("other", "90013", 90013)))).isNull();
    }
}
