// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import qboevents.http.ApiException;
import qboevents.http.ConsolePath;

/** The connected companies, and each of them. */
@Controller
@RequestMapping(InstancePages.PATH)
class InstancePages {

    static final String PATH = ConsolePath.BELOW + "/instances";
    static final String CREATED = "created/";

    private static final Map<String, String> DONE = Map.of(
            "polled", "It is polled now; the records below follow.",
            "enabled", "It is polled and told again.",
            "disabled", "It is not polled any more, and what arrives is held.",
            "changed", "Changed. It takes effect from the next poll on.",
            "reconnected", "Connected again.");

    private final Calls calls;
    private final Standings standings;
    private final Parked parked;
    private final Places places;
    private final Clock clock;

    InstancePages(Calls calls, Standings standings, Parked parked, Places places, Clock clock) {
        this.calls = calls;
        this.standings = standings;
        this.parked = parked;
        this.places = places;
        this.clock = clock;
    }

    @GetMapping
    String list(@RequestParam(defaultValue = "") String search, @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String deleted, Model model) {
        rows(search, from, model);
        model.addAttribute("deleted", deleted);
        return "console/instances";
    }

    @GetMapping("/rows")
    String rows(@RequestParam(defaultValue = "") String search, @RequestParam(defaultValue = "") String from, Model model) {
        var answer = calls.answer("list-instances", Map.of(),
                Calls.query(Map.of("searchText", search, "pageSize", 25, "nextPageToken", from)), null);
        model.addAttribute("instances", standings.of(Calls.list(answer)));
        model.addAttribute("total", answer.total());
        model.addAttribute("next", answer.next());
        model.addAttribute("search", search);
        model.addAttribute("from", from);
        return "console/instances :: rows";
    }

    @GetMapping("/{id}")
    String one(@PathVariable String id, @RequestParam(defaultValue = "") String done,
            @RequestParam(defaultValue = "day") String range, Model model) {
        live(id, model);
        model.addAttribute("done", DONE.get(done));
        plots(id, range, model);
        if (Calls.map(Calls.map(model.getAttribute("instance")).get("configuration")).get("event.vendor.type") instanceof String type
                && type.equals("hybrid")) {
            model.addAttribute("ledger", calls.list("reconciliation", Map.of("id", id), "pageSize=14"));
        }
        return "console/instance";
    }

    @GetMapping("/{id}/live")
    String live(@PathVariable String id, Model model) {
        var instance = calls.one("read-instance", Map.of("id", id));
        model.addAttribute("instance", instance);
        model.addAttribute("standing", standings.of(List.of(instance)).get(0));
        model.addAttribute("records", calls.list("poller-records", Map.of("id", id), ""));
        return "console/instance :: live";
    }

    @GetMapping("/{id}/plots")
    String plots(@PathVariable String id, @RequestParam(defaultValue = "day") String range, Model model) {
        var wanted = Range.named(range);
        var month = calls.one("read-company-calls", Map.of("id", id));
        var page = PATH + "/" + id;
        model.addAttribute("plots", new Plots(page, page + "/plots", wanted,
                Plot.ofEvents("Events per " + wanted.interval(), calls.list("instance-analytics", Map.of("id", id), wanted.query(clock))),
                Plot.ofCalls("Calls to QuickBooks for this company per day", month)));
        return Plots.FRAGMENT;
    }

    /** The token is told here, once: it is nowhere any more when the page is asked for again. */
    @GetMapping("/{id}/created")
    String created(@PathVariable String id, HttpServletRequest request, HttpSession session, Model model) {
        model.addAttribute("instance", calls.one("read-instance", Map.of("id", id)));
        model.addAttribute("token", parked.take(session, CREATED + id).map(each -> each.get("token")).orElse(null));
        model.addAttribute("api", places.api(request));
        return "console/created";
    }

    @GetMapping("/{id}/docs")
    String docs(@PathVariable String id, HttpServletRequest request, Model model) {
        model.addAttribute("instance", calls.one("read-instance", Map.of("id", id)));
        model.addAttribute("paths", calls.one("instance-openapi", Map.of("id", id)).get("paths"));
        model.addAttribute("methods", List.of("get", "post", "put", "patch", "delete"));
        model.addAttribute("api", places.api(request));
        return "console/docs";
    }

    @GetMapping("/{id}/edit")
    String edit(@PathVariable String id, Model model) {
        var instance = calls.one("read-instance", Map.of("id", id));
        return edit(instance, InstanceForm.of(instance, offered()), model);
    }

    private String edit(Map<String, Object> instance, InstanceForm form, Model model) {
        model.addAttribute("instance", instance);
        model.addAttribute("form", form);
        model.addAttribute("offered", offered());
        return "console/edit";
    }

    private List<String> offered() {
        return calls.one("element-metadata", Map.of()).get("resources") instanceof List<?> names
                ? names.stream().map(String::valueOf).toList() : List.of();
    }

    @PostMapping("/{id}/edit")
    String change(@PathVariable String id, @RequestParam MultiValueMap<String, String> given, HttpServletResponse response, Model model) {
        var form = InstanceForm.sent(given);
        try {
            if (form.nothingChosen()) {
                throw new ApiException(400, InstanceForm.URLS + " is empty: select the resources to poll");
            }
            calls.send("change-instance", Map.of("id", id), "", form.changing());
            return done(id, "changed");
        } catch (ApiException e) {
            response.setStatus(e.status());
            model.addAttribute("fault", e.getMessage());
            return edit(calls.one("read-instance", Map.of("id", id)), form, model);
        }
    }

    @PostMapping("/{id}/poll")
    String poll(@PathVariable String id, @RequestParam(defaultValue = "") String resource) {
        calls.send("poll-instance", Map.of("id", id), Calls.query(Map.of("resource", resource)), null);
        return done(id, "polled");
    }

    @PostMapping("/{id}/enable")
    String enable(@PathVariable String id) {
        calls.send("enable-instance", Map.of("id", id), "", null);
        return done(id, "enabled");
    }

    @PostMapping("/{id}/disable")
    String disable(@PathVariable String id) {
        calls.send("disable-instance", Map.of("id", id), "", null);
        return done(id, "disabled");
    }

    /** What would go with it. */
    @GetMapping("/{id}/delete")
    String confirm(@PathVariable String id, Model model) {
        var instance = calls.one("read-instance", Map.of("id", id));
        model.addAttribute("instance", instance);
        model.addAttribute("standing", standings.of(List.of(instance)).get(0));
        return "console/delete";
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable String id) {
        calls.send("delete-instance", Map.of("id", id), "", null);
        return "redirect:" + PATH + "?deleted=" + id;
    }

    private static String done(String id, String what) {
        return "redirect:" + PATH + "/" + id + "?done=" + what;
    }
}
