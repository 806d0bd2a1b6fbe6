// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.StringUtils;

/**
 * Camel takes {@code kept} for a short form of {@code getKept}. Where a class has both, it depends on the order in which
 * the virtual machine lists the methods whether a route can call either.
 */
class GetterNamesTest {

    @Test
    void noMethodIsTheShortFormOfAnother() {
        var ours = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("qboevents");

        assertThat(ours.stream().flatMap(GetterNamesTest::twins)).isEmpty();
    }

    private static Stream<String> twins(JavaClass type) {
        var names = type.getMethods().stream()
                .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE))
                .map(JavaCodeUnit::getName).collect(Collectors.toSet());
        return names.stream().flatMap(name -> Stream.of("get", "is").map(prefix -> prefix + StringUtils.capitalize(name))
                .filter(names::contains)
                .map(getter -> type.getName() + " has both " + name + " and " + getter));
    }
}
