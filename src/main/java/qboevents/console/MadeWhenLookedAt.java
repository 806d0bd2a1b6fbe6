// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.stereotype.Component;

/** Nothing of the console, nor of its libraries, is made before somebody looks at a page: the service starts sooner. */
@Component
class MadeWhenLookedAt implements BeanFactoryPostProcessor {

    private static final List<String> MAKERS = List.of("qboevents.console.", "org.springframework.security.",
            "org.springframework.session.", "org.springframework.boot.autoconfigure.security.",
            "org.springframework.boot.autoconfigure.thymeleaf.");

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (var name : beans.getBeanDefinitionNames()) {
            var definition = beans.getBeanDefinition(name);
            if (Optional.ofNullable(maker(definition)).filter(maker -> MAKERS.stream().anyMatch(maker::startsWith)).isPresent()) {
                definition.setLazyInit(true);
            }
        }
    }

    /** The class that has the method which makes it, or the class itself. */
    private static @Nullable String maker(BeanDefinition definition) {
        var method = definition instanceof AnnotatedBeanDefinition annotated ? annotated.getFactoryMethodMetadata() : null;
        return method == null ? definition.getBeanClassName() : method.getDeclaringClassName();
    }
}
