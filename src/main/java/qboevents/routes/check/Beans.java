// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.util.StringHelper;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import qboevents.routes.check.Endpoint.Option;

/** Every bean that a step calls must be there, and have a method of that name. Package-private ones count. */
record Beans(CamelContext camel, ListableBeanFactory spring) implements Rule {

    private static final Set<String> CALLS = Set.of("bean", "method", "process");
    private static final Predicate<String> PLAIN = Pattern.compile("[A-Za-z_][\\w.-]*").asMatchPredicate();

    @Override
    public Stream<Problem> problems(Folder folder) {
        var declared = declared(folder);
        return folder.blocks().stream().flatMap(block -> block.entries().stream()
                .flatMap(entry -> Stream.of(inStep(entry), inAddress(entry)).flatMap(Optional::stream))
                .filter(call -> !declared.contains(call.bean.value()) && !folder.mayMention(call.bean.value()))
                .flatMap(call -> problem(block, call).stream()));
    }

    /** What a bean and its method are called, and where. */
    private record Call(Option bean, Optional<Option> method) {}

    private static Optional<Call> inStep(Entry entry) {
        return CALLS.contains(entry.key())
                ? named(entry, "ref").map(bean -> new Call(bean, named(entry, "method"))) : Optional.empty();
    }

    private static Optional<Call> inAddress(Entry entry) {
        return Endpoint.in(entry).filter(endpoint -> endpoint.scheme().equals("bean"))
                .map(endpoint -> new Call(new Option("ref", StringHelper.after(endpoint.address(), ":"), endpoint.place()),
                        endpoint.option("method")))
                .filter(call -> PLAIN.test(call.bean.value()));
    }

    private static Optional<Option> named(Entry entry, String key) {
        return entry.child(key).flatMap(child -> child.text().map(text -> new Option(key, text, child.place())))
                .filter(option -> PLAIN.test(name(option)));
    }

    private Optional<Problem> problem(Block block, Call call) {
        var name = call.bean.value();
        return type(name).map(type -> call.method.flatMap(method -> problem(block, name, method, methods(type))))
                .orElseGet(() -> Optional.of(block.problem(call.bean.place(), "calls the bean %s, which does not exist.%s"
                        .formatted(name, DidYouMean.hint(name, List.of(spring.getBeanDefinitionNames()))))));
    }

    private static Optional<Problem> problem(Block block, String bean, Option method, List<String> known) {
        return Optional.of(name(method)).filter(name -> PLAIN.test(name) && !known.contains(name))
                .map(name -> block.problem(method.place(), "calls %s.%s, but %s has no such method.%s"
                        .formatted(bean, name, bean, DidYouMean.hint(name, known))));
    }

    /** Without the arguments: claim(${body}). */
    private static String name(Option option) {
        return StringHelper.before(option.value(), "(", option.value()).trim();
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
