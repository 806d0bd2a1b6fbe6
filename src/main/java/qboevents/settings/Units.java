// SPDX-License-Identifier: Apache-2.0
package qboevents.settings;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses a duration of ours that has no unit: Spring takes {@code events.retention=30} as 30 ms, which would empty the log. Spring's own
 * settings, some of which are plain numbers by its documentation, are left to it.
 */
@Component
public class Units implements ConfigurationPropertiesBindHandlerAdvisor {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");
    private static final Pattern NOTHING = Pattern.compile("[+-]?0+"); // in every unit

    private final Environment placeholders;

    public Units(Environment placeholders) {
        this.placeholders = placeholders;
    }

    @Override
    public BindHandler apply(BindHandler before) {
        return new AbstractBindHandler(before) {
            @Override
            public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
                if (result instanceof Duration && isOurs(name) && context.getConfigurationProperty() != null) {
                    var given = placeholders.resolvePlaceholders(String.valueOf(context.getConfigurationProperty().getValue()));
                    required(name.toString(), given);
                }
                return super.onSuccess(name, target, context, result);
            }
        };
    }

    private static boolean isOurs(ConfigurationPropertyName name) {
        var first = name.getElement(0, ConfigurationPropertyName.Form.UNIFORM);
        return first.equals("events") || first.equals("quickbooks");
    }

    /** @param given as somebody wrote it */
    public static void required(String setting, String given) {
        if (NUMBER.matcher(given).matches() && !NOTHING.matcher(given).matches()) {
            throw new IllegalArgumentException(setting + " is " + given + ", a number without a unit; write " + given + "d for days, "
                    + given + "h, " + given + "m or " + given + "s for seconds");
        }
    }
}
