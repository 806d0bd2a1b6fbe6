// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.http.ApiException;

class InletPathTest {

    private static final String INLET = "/elements/api-v2/events/quickbooks";

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void namesNoInstance(String end) {
        assertThat(InletPath.instance(INLET + end)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MTAwMA==", "MTAwMA", "MTAwMA=", "MTAwMAo=", "IDEwMDA=", "MTAwMA==/", "MTAwMA%3D%3D", "MTAwMA%3d%3d/"})
    void namesAnInstance(String name) {
        assertThat(InletPath.instance(INLET + "/" + name)).hasValue(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "MTAwMA===A", "!!", "eA==", "MTAwMA==/MTAwMA==", "//", "%", "%zz", "OTk5OTk5OTk5OTk5OTk5OTk5OTk=", "A"})
    void isNotThereForAnythingElse(String name) {
        assertThatThrownBy(() -> InletPath.instance(INLET + "/" + name))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(404));
    }

    @Test
    void isKnownFromOtherPaths() {
        assertThat(InletPath.matches(INLET)).isTrue();
        assertThat(InletPath.matches(INLET + "/MTAwMA==")).isTrue();
        assertThat(InletPath.matches("/elements/api-v2/instances")).isFalse();
        assertThat(InletPath.matches("/elements/api-v2/events/quickbooksx")).isFalse();
    }
}
