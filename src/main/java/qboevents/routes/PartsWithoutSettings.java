// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Camel has some ninety configurations whose one use is to hand settings such as {@code camel.component.kafka.brokers} to its
 * components, languages and other parts. Where there is no such setting, Camel makes each of them just the same without; so the
 * configurations are left out, which would all be read, made and bound at each start.
 */
final class PartsWithoutSettings implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final Pattern PART = Pattern.compile(
            "org\\.apache\\.camel\\.((component|language)\\.(?!platform\\.http\\.)|spring\\.boot\\.(cloud|vault)\\.).*");

    private boolean settings;

    @Override
    public void setEnvironment(Environment environment) {
        var binder = Binder.get(environment);
        settings = Stream.of("camel.component", "camel.language", "camel.dataformat", "camel.cloud", "camel.vault")
                .anyMatch(prefix -> binder.bind(prefix, Bindable.mapOf(String.class, Object.class)).isBound());
    }

    @Override
    public boolean[] match(String[] names, AutoConfigurationMetadata metadata) {
        var wanted = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            wanted[i] = names[i] != null && (settings || !PART.matcher(names[i]).matches());
        }
        return wanted;
    }
}
