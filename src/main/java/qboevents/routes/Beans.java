// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.util.StringHelper;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Every bean that a step calls must be there, and have a method of that name. Package-private ones count. */
record Beans(CamelContext camel, ListableBeanFactory spring) implements Rule {

    private static final Set<String> CALLS = Set.of("bean", "method", "process");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][\\w.-]*");

    @Override
    public Stream<Problem> problems(Folder folder) {
        var declared = declared(folder);
        return folder.blocks().stream().flatMap(block -> block.entries().stream()
                .filter(entry -> CALLS.contains(entry.key()))
                .flatMap(entry -> problem(block, entry, folder, declared).stream()));
    }

    private Optional<Problem> problem(Block block, Entry call, Folder folder, List<String> declared) {
        var ref = call.child("ref");
        var name = ref.flatMap(Entry::text).filter(PLAIN.asMatchPredicate());
        if (name.isEmpty() || declared.contains(name.get()) || folder.mayMention(name.get())) {
            return Optional.empty();
        }
        return type(name.get()).map(type -> method(block, call, name.get(), type))
                .orElseGet(() -> Optional.of(block.problem(ref.get().place(), "calls the bean %s, which does not exist.%s"
                        .formatted(name.get(), DidYouMean.hint(name.get(), List.of(spring.getBeanDefinitionNames()))))));
    }

    private Optional<Problem> method(Block block, Entry call, String bean, Class<?> type) {
        var known = methods(type);
        return call.child("method").flatMap(method -> method.text()
                .map(text -> StringHelper.before(text, "(", text).trim())
                .filter(PLAIN.asMatchPredicate())
                .filter(name -> !known.contains(name))
                .map(name -> block.problem(method.place(), "calls %s.%s, but %s has no such method.%s"
                        .formatted(bean, name, bean, DidYouMean.hint(name, known)))));
    }

    private Optional<Class<?>> type(String name) {
        var inSpring = spring.containsBean(name) ? spring.getType(name) : null;
        var bound = inSpring == null ? camel.getRegistry().lookupByName(name) : null;
        return Optional.ofNullable(bound == null ? inSpring : bound.getClass()).map(ClassUtils::getUserClass);
    }

    private static List<String> methods(Class<?> type) {
        return Arrays.stream(ReflectionUtils.getAllDeclaredMethods(type))
                .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName).distinct().toList();
    }

    /** Beans that the folder's own YAML makes. */
    private static List<String> declared(Folder folder) {
        return folder.blocks().stream().flatMap(block -> block.keyed("name"))
                .filter(entry -> entry.under().contains("beans"))
                .flatMap(entry -> entry.text().stream()).toList();
    }
}
