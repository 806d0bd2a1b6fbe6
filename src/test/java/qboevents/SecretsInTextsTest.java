// SPDX-License-Identifier: Apache-2.0
package qboevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A record's own toString shows all of it, to a log or an exception: one that holds a secret has to have another. */
class SecretsInTextsTest {

    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(token|secret|key|password|refresh|access|code|verifier|authorization|headers|form|credential|plain).*");
    private static final String VALUE = "s3cr3t";

    /** What only sounds like one. */
    private static final Set<String> KNOWN = Set.of(
            "TokenRow.access", "TokenRow.refresh", "TokenRow.secret", // sealed
            "Revocation.key", // of an application, known to everybody whom it sends to Intuit
            "SealedColumn.key", // the name of a column
            "Notification.key", // of the object it tells of
            "Entry.key", "Callback.format", "TokenPair.refreshLifetime",
            "Fault.code", // Intuit's number for what went wrong
            "Change.syncToken", "Event.syncToken"); // a version

    static Stream<Class<?>> records() {
        return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("qboevents").stream()
                .filter(JavaClass::isRecord)
                .<Class<?>>map(JavaClass::reflect)
                .filter(type -> Arrays.stream(type.getRecordComponents()).anyMatch(part -> secret(type, part)));
    }

    @ParameterizedTest
    @MethodSource("records")
    void doNotShow(Class<?> type) throws ReflectiveOperationException {
        var parts = type.getRecordComponents();
        var constructor = type.getDeclaredConstructor(Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);

        var text = constructor.newInstance(Arrays.stream(parts)
                .map(part -> secret(type, part) ? hidden(part.getType()) : harmless(part.getType())).toArray()).toString();

        assertThat(text).as("give %s a toString without its secrets, or name what is none in KNOWN", type).doesNotContain(VALUE);
    }

    private static boolean secret(Class<?> type, RecordComponent part) {
        return SECRET.matcher(part.getName()).matches() && hidden(part.getType()) != null
                && !KNOWN.contains(type.getSimpleName() + "." + part.getName());
    }

    private static Object hidden(Class<?> type) {
        return type == String.class ? VALUE
                : type == List.class ? List.of(VALUE)
                : type == Optional.class ? Optional.of(VALUE)
                : type == Map.class ? Map.of("name", VALUE)
                : null;
    }

    private static Object harmless(Class<?> type) {
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        return type == String.class ? ""
                : type == List.class ? List.of()
                : type == Optional.class ? Optional.empty()
                : type == Map.class ? Map.of()
                : type == byte[].class ? new byte[0]
                : type == URI.class ? URI.create("http://host")
                : type == Instant.class ? Instant.EPOCH
                : type == Duration.class ? Duration.ZERO
                : null;
    }
}
