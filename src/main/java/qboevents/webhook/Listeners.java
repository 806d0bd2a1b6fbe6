// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import qboevents.database.GroupCommit;
import qboevents.event.Changes;
import qboevents.event.Operation;
import qboevents.instance.Instance;
import qboevents.instance.Instances;
import qboevents.resource.Resource;
import qboevents.resource.Resources;
import qboevents.resource.ResourcesElsewhere;

/** Finds out whom a notice concerns: every instance of its company that takes webhooks, disabled ones too. */
@Component
class Listeners {

    private static final int MOST_EVENTS = 20; // in one notification, as Open Connectors has it for webhooks
    private static final int MOST_TOGETHER = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(1); // the rest of Intuit's 3 s is for what is written then

    private final Instances instances;
    private final Resources resources;
    private final ResourcesElsewhere elsewhere;
    private final WebhookCounts counts;
    private final GroupCommit<Set<String>, Map<String, List<Instance>>> lookups;

    Listeners(Instances instances, Resources resources, ResourcesElsewhere elsewhere, WebhookCounts counts) {
        this.instances = instances;
        this.resources = resources;
        this.elsewhere = elsewhere;
        this.counts = counts;
        this.lookups = new GroupCommit<>("listeners", MOST_TOGETHER, PATIENCE, this::look);
    }

    /** @param path of the request: it may name the one instance that is meant */
    Addressed address(List<Notice> notices, String path) {
        var only = InletPath.instance(path);
        var changes = new LinkedHashMap<Letter, Changes>();
        var unread = new ArrayList<Unread>();
        var listening = listening(notices);
        for (var notice : notices) {
            var resource = resource(notice.entity());
            if (resource.isEmpty()) {
                counts.unknownEntity();
                continue;
            }
            var concerned = concerned(notice, only, listening);
            if (concerned.isEmpty()) {
                counts.unknownCompany();
            }
            for (var instance : concerned) {
                if (needsRecord(instance, notice)) {
                    unread.add(new Unread(instance.id(), resource.get(), notice));
                } else {
                    changes.computeIfAbsent(new Letter(instance.id(), resource.get().name()), letter -> letter.to(instance))
                            .list().add(notice.asChange());
                }
            }
        }
        return new Addressed(List.copyOf(changes.values()), unread);
    }

    private record Letter(long instanceId, String resource) {

        Changes to(Instance instance) {
            var callback = instance.events().callback();
            int size = callback == null ? MOST_EVENTS : callback.notificationSize(MOST_EVENTS);
            var tolerance = instance.events().poller(resource).createdTolerance();
            return new Changes(instanceId, resource, size, null, instance.events().polls(), instance.bothSince(), tolerance,
                    new ArrayList<>());
        }
    }

    /** Intuit's webhooks call one entity otherwise than its API does. */
    private Optional<Resource> resource(String entity) {
        return offered(entity)
                .or(() -> entity.equalsIgnoreCase("Currency") ? offered("CompanyCurrency") : Optional.empty());
    }

    private Optional<Resource> offered(String entity) {
        return resources.ofEntity(entity).or(() -> elsewhere.ofEntity(entity));
    }

    private static List<Instance> concerned(Notice notice, OptionalLong only, Map<String, List<Instance>> listening) {
        var all = listening.getOrDefault(notice.realmId(), List.of());
        return only.isEmpty() ? all : all.stream().filter(each -> each.id() == only.getAsLong()).toList();
    }

    /** What is polled too is told with its SyncToken, the only thing that shows that both mean the same change. */
    private static boolean needsRecord(Instance instance, Notice notice) {
        var events = instance.events();
        return (events.hydrate() || events.polls()) && notice.operation() != Operation.DELETED;
    }

    /** By company. */
    private Map<String, List<Instance>> listening(List<Notice> notices) {
        var companies = notices.stream().map(Notice::realmId).collect(Collectors.toSet());
        return companies.isEmpty() ? Map.of() : lookups.submit(companies);
    }

    /** Each of those who ask finds its own companies in it. */
    private List<Map<String, List<Instance>>> look(List<Set<String>> asked) {
        var companies = asked.stream().flatMap(Collection::stream).collect(Collectors.toSet());
        var listening = instances.ofCompanies(companies).stream()
                .filter(instance -> instance.events().listens())
                .collect(Collectors.groupingBy(Instance::realmId));
        return Collections.nCopies(asked.size(), listening);
    }

    @PreDestroy
    void close() {
        lookups.close();
    }
}
