// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import qboevents.http.ConsolePath;

/** The event log, and each event with its tries. */
@Controller
@RequestMapping(EventPages.PATH)
class EventPages {

    static final String PATH = ConsolePath.BELOW + "/events";

    /** Statuses of the API, with the words of the page. */
    private static final Map<String, String> STATUSES = statuses();
    private static final List<String> TYPES = List.of("CREATED", "UPDATED", "DELETED", "UNKNOWN");
    private static final int PAGE = 50;

    private final Calls calls;

    EventPages(Calls calls) {
        this.calls = calls;
    }

    private static Map<String, String> statuses() {
        var words = new LinkedHashMap<String, String>();
        words.put("NEW", "pending");
        words.put("DISPATCHED", "retrying");
        words.put("QUEUED", "held");
        words.put("NOTIFIED", "delivered");
        return words;
    }

    @GetMapping
    String page(@RequestParam Map<String, String> given, Model model) {
        rows(given, model);
        model.addAttribute("types", TYPES);
        model.addAttribute("offered", calls.one("element-metadata", Map.of()).get("resources"));
        model.addAttribute("instances", calls.list("list-instances", Map.of(), "pageSize=500"));
        return "console/events";
    }

    @GetMapping("/rows")
    String rows(@RequestParam Map<String, String> given, Model model) {
        var filter = Filter.of(given);
        var query = Calls.query(Map.of("where", filter.where(), "pageSize", PAGE, "nextPageToken", filter.from()));
        var answer = filter.instance().isEmpty()
                ? calls.answer("console-events", Map.of(), query, null)
                : calls.answer("console-instance-events", Map.of("id", filter.instance()), query, null);
        model.addAttribute("events", Calls.list(answer));
        model.addAttribute("instanceName", filter.instance().isEmpty() ? null
                : calls.one("read-instance", Map.of("id", filter.instance())).get("name"));
        model.addAttribute("next", answer.next());
        model.addAttribute("filter", filter);
        model.addAttribute("statuses", STATUSES);
        return "console/events :: rows";
    }

    /** What is asked for; empty: anything. */
    public record Filter(String instance, String status, String resource, String object, String type, String since, String until, String from) {

        static Filter of(Map<String, String> given) {
            return new Filter(text(given, "instance"), text(given, "status"), text(given, "resource"), text(given, "object"),
                    text(given, "type"), text(given, "since"), text(given, "until"), text(given, "from"));
        }

        private static String text(Map<String, String> given, String name) {
            return given.getOrDefault(name, "").strip();
        }

        String where() {
            var conditions = new ArrayList<String>();
            equal(conditions, "status", status);
            equal(conditions, "resource", resource);
            equal(conditions, "objectId", object);
            equal(conditions, "eventType", type);
            date(conditions, ">=", since);
            date(conditions, "<", until);
            return String.join(" and ", conditions);
        }

        private static void equal(List<String> conditions, String name, String value) {
            if (!value.isEmpty()) {
                conditions.add(name + "='" + value.replace("'", "''") + "'");
            }
        }

        /** As a browser's field for date and time writes it, meant in UTC. */
        private static void date(List<String> conditions, String operator, String value) {
            if (!value.isEmpty()) {
                conditions.add("eventDate" + operator + "'" + value.replace("'", "''") + (value.endsWith("Z") ? "" : "Z") + "'");
            }
        }

        /** The same without a place in it. */
        public String query() {
            return query("");
        }

        public String query(Object next) {
            var all = new LinkedHashMap<String, Object>();
            all.put("instance", instance);
            all.put("status", status);
            all.put("resource", resource);
            all.put("object", object);
            all.put("type", type);
            all.put("since", since);
            all.put("until", until);
            all.put("from", next);
            return Calls.query(all);
        }

        public boolean any() {
            return !query().isEmpty();
        }

        public boolean first() {
            return from.isEmpty();
        }
    }

    @GetMapping("/{eventId}")
    String one(@PathVariable String eventId, @RequestParam(defaultValue = "false") boolean resent, Model model) {
        live(eventId, model);
        model.addAttribute("resent", resent);
        return "console/event";
    }

    @GetMapping("/{eventId}/live")
    String live(@PathVariable String eventId, Model model) {
        var event = calls.one("read-event", Map.of("eventId", eventId));
        model.addAttribute("event", event);
        model.addAttribute("statuses", STATUSES);
        return "console/event :: live";
    }

    @PostMapping("/{eventId}/resend")
    String resend(@PathVariable String eventId) {
        var instance = String.valueOf(calls.one("read-event", Map.of("eventId", eventId)).get("instanceId"));
        calls.send("redeliver-event", Map.of("id", instance, "eventId", eventId), "", null);
        return "redirect:" + PATH + "/" + eventId + "?resent=true";
    }
}
