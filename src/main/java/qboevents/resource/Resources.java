// SPDX-License-Identifier: Apache-2.0
package qboevents.resource;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The resources that the loaded routes offer. Nothing in Java names one: the routes folder is the list. */
@Component
public class Resources {

    private record Offer(TreeMap<String, Resource> byName, TreeMap<String, Resource> byEntity) {}

    private volatile Offer offer = new Offer(new TreeMap<>(), new TreeMap<>());

    /** Called once the routes are checked, before anything runs; and again whenever edited ones are taken over. */
    public void offer(Collection<Resource> loaded) {
        var names = new TreeMap<String, Resource>();
        var entities = new TreeMap<String, Resource>(String.CASE_INSENSITIVE_ORDER);
        loaded.forEach(resource -> names.put(resource.name(), resource));
        loaded.forEach(resource -> entities.put(resource.entity(), resource));
        offer = new Offer(names, entities);
    }

    /** Of this moment, in alphabetical order of their names. */
    public Collection<Resource> all() {
        return Collections.unmodifiableCollection(offer.byName.values());
    }

    public Optional<Resource> named(String name) {
        return Optional.ofNullable(offer.byName.get(name));
    }

    /** @param entity in any case: webhooks write {@code billpayment} */
    public Optional<Resource> ofEntity(String entity) {
        return Optional.ofNullable(offer.byEntity.get(entity));
    }

    /** By its name, in the singular too, or by QuickBooks' name; in any case, with or without dashes. */
    public Optional<Resource> meant(String word) {
        return named(word).or(() -> ofEntity(word)).or(() -> all().stream()
                .filter(resource -> plain(resource.name()).equals(plain(word)))
                .findFirst());
    }

    private static String plain(String word) {
        var plain = word.toLowerCase(Locale.ROOT).replace("-", "");
        if (plain.endsWith("ies")) {
            return plain.substring(0, plain.length() - 3) + "y";
        }
        if (plain.endsWith("sses")) {
            return plain.substring(0, plain.length() - 2);
        }
        return plain.endsWith("s") && !plain.endsWith("ss") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** Every name offered, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(offer.byName.keySet());
    }
}
