// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import qboevents.http.ConsolePath;

/** Whether all is well, and what is not. */
@Controller
class OverviewPage {

    private final Calls calls;
    private final Clock clock;

    OverviewPage(Calls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    @GetMapping({"/", ConsolePath.BELOW})
    String page(@RequestParam(defaultValue = "hour") String range, Model model) {
        figures(model);
        plots(range, model);
        model.addAttribute("told", calls.list("list-operator-events", Map.of(), "pageSize=5"));
        return "console/overview";
    }

    @GetMapping(ConsolePath.BELOW + "/overview/figures")
    String figures(Model model) {
        var numbers = calls.one("read-numbers", Map.of());
        var lastHour = calls.list("event-analytics", Map.of(), Range.HOUR.query(clock));
        model.addAttribute("numbers", numbers);
        model.addAttribute("latency", Calls.map(numbers.get("latency")));
        model.addAttribute("connected", calls.answer("list-instances", Map.of(), "pageSize=1", null).total());
        model.addAttribute("hour", sum(lastHour, "count"));
        model.addAttribute("perMinute", perMinute(lastHour));
        model.addAttribute("success", share(sum(lastHour, "NOTIFIED"), sum(lastHour, "count")));
        model.addAttribute("budget", budget());
        return "console/overview :: figures";
    }

    @GetMapping(ConsolePath.BELOW + "/overview/plots")
    String plots(@RequestParam(defaultValue = "hour") String range, Model model) {
        var wanted = Range.named(range);
        model.addAttribute("plots", new Plots("/", ConsolePath.BELOW + "/overview/plots", wanted,
                Plot.ofEvents("Events per " + wanted.interval(), calls.list("event-analytics", Map.of(), wanted.query(clock))),
                Plot.ofCalls("Calls to QuickBooks per day", calls.one("read-calls", Map.of()))));
        return Plots.FRAGMENT;
    }

    /** Of the last five minutes that are over. */
    private static long perMinute(List<Map<String, Object>> lastHour) {
        var over = lastHour.subList(Math.max(0, lastHour.size() - 6), Math.max(0, lastHour.size() - 1));
        return Math.round(over.stream().mapToLong(each -> number(each, "count")).average().orElse(0));
    }

    private Map<String, Object> budget() {
        var month = calls.one("read-calls", Map.of());
        var view = new LinkedHashMap<>(month);
        view.put("share", share(number(month, "used"), number(month, "ceiling")));
        return view;
    }

    static long sum(List<Map<String, Object>> all, String name) {
        return all.stream().mapToLong(each -> number(each, name)).sum();
    }

    static long number(Map<String, Object> of, String name) {
        return of.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** In percent, rounded so that 100 means all of them; a dash of nothing. */
    private static String share(long part, long whole) {
        if (whole == 0) {
            return "–";
        }
        double percent = Math.floor(part * 1000.0 / whole) / 10;
        return part == whole ? "100 %" : part > 0 && percent == 0 ? "under 0.1 %" : percent + " %";
    }
}
