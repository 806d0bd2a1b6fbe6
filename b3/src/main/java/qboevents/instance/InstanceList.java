// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.http.Page;
import qboevents.http.Query;

/** {@code GET /instances}: in the order of their ids, a page at a time. */
@Component
class InstanceList {

    private final Instances instances;
    private final InstanceViews views;

    InstanceList(Instances instances, InstanceViews views) {
        this.instances = instances;
        this.views = views;
    }

    Page page(@Nullable String rawQuery) {
        var query = Query.of(rawQuery);
        var size = query.pageSize();
        var after = query.first("nextPageToken").map(InstanceList::position).orElse(0L);
        var tags = new ArrayList<>(query.all("tags[]"));
        tags.addAll(query.all("tags"));
        var search = query.first("searchText").orElse("").toLowerCase(Locale.ROOT);
        var found = instances.all().stream()
                .filter(instance -> instance.tags().containsAll(tags))
                .filter(instance -> mentions(instance, search))
                .toList();
        var rest = found.stream().filter(instance -> instance.id() > after).toList();
        var page = rest.subList(0, Math.min(size, rest.size()));
        var next = page.size() < rest.size() ? token(page.get(page.size() - 1).id()) : null;
        return new Page(views.all(page), found.size(), next);
    }

    /** A list that needs no paging. */
    Page whole(List<?> items) {
        return Page.whole(items);
    }

    private static boolean mentions(Instance instance, String search) {
        return List.of(instance.name(), String.join(" ", instance.tags()), "quickbooks online").stream()
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(search));
    }

    private static String token(long id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(String.valueOf(id).getBytes(StandardCharsets.UTF_8));
    }

    private static long position(String token) {
        try {
            return Long.parseLong(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "nextPageToken is not one that an answer gave");
        }
    }
}
