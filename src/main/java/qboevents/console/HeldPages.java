// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import qboevents.http.ApiException;
import qboevents.http.ConsolePath;

/** What is kept and not sent: why, since when, how much; and its release. */
@Controller
@RequestMapping(HeldPages.PATH)
class HeldPages {

    static final String PATH = ConsolePath.BELOW + "/held";

    private static final int SHOWN = 100; // those with the most first
    private static final int NAMED = 20; // in a confirmation, and in the address of its progress
    private static final String ALL = "all";
    private static final String QUEUED = "channel='webhook' and status='queued'";

    private final Calls calls;

    HeldPages(Calls calls) {
        this.calls = calls;
    }

    @GetMapping
    String page(@RequestParam(defaultValue = "") List<String> released, @RequestParam(defaultValue = "0") long of, Model model) {
        var holding = holding();
        model.addAttribute("holding", holding.stream().limit(SHOWN).map(this::described).toList());
        model.addAttribute("instances", holding.size());
        model.addAttribute("total", holding.stream().mapToLong(HeldPages::count).sum());
        model.addAttribute("more", holding.stream().anyMatch(each -> each.containsKey("atLeast")));
        if (!released.isEmpty()) {
            progress(released, of, model);
        }
        return "console/held";
    }

    /** As the numbers of the deliveries tell them, those with the most first. */
    private List<Map<String, Object>> holding() {
        return owed().stream().filter(each -> count(each) > 0)
                .sorted(Comparator.comparingLong(HeldPages::count).reversed()).toList();
    }

    private List<Map<String, Object>> owed() {
        return Calls.maps(calls.one("read-numbers", Map.of()).get("instances"));
    }

    private Map<String, Object> described(Map<String, Object> owed) {
        var instance = new LinkedHashMap<>(calls.one("read-instance", Map.of("id", owed.get("instanceId"))));
        instance.putAll(owed);
        return instance;
    }

    private static long count(Map<String, Object> owed) {
        return OverviewPage.number(owed, "held") + OverviewPage.number(owed, "dead");
    }

    /** The first ones of an instance, to see what they are. */
    @GetMapping("/deliveries")
    String deliveries(@RequestParam String instance, @RequestParam(defaultValue = "") String from, Model model) {
        var answer = calls.answer("list-deliveries", Map.of(), Calls.query(Map.of(
                "where", queued(instance), "pageSize", 25, "nextPageToken", from)), null);
        model.addAttribute("deliveries", Calls.list(answer));
        model.addAttribute("all", answer.total());
        model.addAttribute("next", answer.next());
        model.addAttribute("instance", instance);
        return "console/deliveries :: deliveries";
    }

    private static String queued(String instance) {
        return QUEUED + " and " + of(instance);
    }

    private static String of(String instance) {
        if (!instance.matches("\\d{1,18}")) {
            throw new ApiException(400, "An instance is named by its number");
        }
        return "instanceId=" + instance;
    }

    /** Every one, also where there are more than the numbers count; of all instances when none is named. */
    private long exactly(String where) {
        var total = calls.answer("list-deliveries", Map.of(), Calls.query(Map.of("where", where, "pageSize", 1)), null).total();
        return Objects.requireNonNullElse(total, 0L);
    }

    /** How many there are is asked once more, and shown before anything is sent. */
    @PostMapping("/confirm")
    String confirm(@RequestParam(defaultValue = "") List<String> instance, @RequestParam(defaultValue = "") String all, Model model) {
        var chosen = holding().stream()
                .filter(each -> !all.isEmpty() || instance.contains(String.valueOf(each.get("instanceId"))))
                .toList();
        boolean every = !all.isEmpty();
        var named = chosen.stream().limit(NAMED).map(this::described).toList();
        named.forEach(each -> each.put("exactly", exactly(queued(String.valueOf(each.get("instanceId"))))));
        model.addAttribute("all", every);
        model.addAttribute("named", named);
        model.addAttribute("ids", every ? List.of() : chosen.stream().map(each -> each.get("instanceId")).toList());
        model.addAttribute("others", chosen.size() - named.size());
        model.addAttribute("total", every ? exactly(QUEUED)
                : chosen.stream().mapToLong(each -> exactly(queued(String.valueOf(each.get("instanceId"))))).sum());
        model.addAttribute("disabled", named.stream().filter(each -> Boolean.TRUE.equals(each.get("disabled"))).toList());
        return "console/release";
    }

    @PostMapping("/release")
    String release(@RequestParam(defaultValue = "") List<String> instance, @RequestParam(defaultValue = "") String all) {
        var wheres = all.isEmpty() ? instance.stream().map(HeldPages::queued).toList() : List.of(QUEUED);
        long before = wheres.stream().mapToLong(this::exactly).sum();
        wheres.forEach(where -> calls.answer("release-deliveries", Map.of(), Calls.query(Map.of("where", where, "pageSize", 1)), null));
        var released = all.isEmpty() && instance.size() <= NAMED ? String.join(",", instance) : ALL;
        return "redirect:" + PATH + "?of=" + before + "&released=" + released;
    }

    /** What was released and is not taken yet. */
    @GetMapping("/progress")
    String progress(@RequestParam List<String> released, @RequestParam long of, Model model) {
        boolean every = released.contains(ALL);
        long left = every ? exactly("channel='webhook'") : released.stream().mapToLong(each -> exactly(of(each))).sum();
        long held = every ? exactly(QUEUED) : released.stream().mapToLong(each -> exactly(queued(each))).sum();
        model.addAttribute("released", released);
        model.addAttribute("of", Math.max(of, left));
        model.addAttribute("left", left);
        model.addAttribute("held", held);
        model.addAttribute("ended", left <= held); // which was counted after it
        return "console/held :: progress";
    }
}
