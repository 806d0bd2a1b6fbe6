// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

/** From the form over Intuit's consent page to an instance. What was filled in waits in the session, under the OAuth state. */
@Controller
@RequestMapping(ConsolePath.BELOW)
class ConnectPages {

    private static final String WAITING = "connect/";
    private static final String INSTANCE = "instance";

    private final Calls calls;
    private final Parked parked;
    private final Places places;

    ConnectPages(Calls calls, Parked parked, Places places) {
        this.calls = calls;
        this.parked = parked;
        this.places = places;
    }

    @GetMapping("/connect")
    String form(HttpServletRequest request, Model model) {
        return form(InstanceForm.empty(offered()), request, model);
    }

    private String form(InstanceForm form, HttpServletRequest request, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("offered", offered());
        model.addAttribute("redirect", places.redirect(request));
        return "console/connect";
    }

    /** With the fault in words that name the field. */
    private String again(InstanceForm form, ApiException fault, HttpServletRequest request, HttpServletResponse response, Model model) {
        response.setStatus(fault.status());
        model.addAttribute("fault", fault.getMessage());
        model.addAttribute("providerMessage", fault.providerMessage().orElse(null));
        return form(form, request, model);
    }

    private List<String> offered() {
        return calls.one("element-metadata", Map.of()).get("resources") instanceof List<?> names
                ? names.stream().map(String::valueOf).toList() : List.of();
    }

    @PostMapping("/connect/json")
    String json(@RequestParam MultiValueMap<String, String> given, HttpServletRequest request, Model model) {
        model.addAttribute("body", InstanceForm.shown(InstanceForm.sent(given).creating(places.redirect(request))));
        return "console/fields :: json";
    }

    @PostMapping("/connect/test")
    String test(@RequestParam MultiValueMap<String, String> given, HttpServletRequest request, Model model) {
        var form = InstanceForm.sent(given);
        var configuration = new LinkedHashMap<>(Calls.map(form.creating(places.redirect(request)).get("configuration")));
        configuration.keySet().removeIf(key -> !key.startsWith("event."));
        var body = new LinkedHashMap<String, Object>(Map.of("configuration", configuration));
        Optional.ofNullable(given.getFirst("instanceId")).ifPresent(id -> body.put("instanceId", id));
        try {
            model.addAttribute("test", calls.send("send-test", Map.of(), "", body));
        } catch (ApiException e) {
            model.addAttribute("fault", e.getMessage());
        }
        return "console/fields :: tested";
    }

    @PostMapping("/connect")
    String connect(@RequestParam MultiValueMap<String, String> given, HttpServletRequest request, HttpServletResponse response,
            HttpSession session, Model model) {
        var form = InstanceForm.sent(given);
        var body = form.creating(places.redirect(request));
        try {
            if (form.nothingChosen()) {
                throw new ApiException(400, InstanceForm.URLS + " is empty: select the resources to poll");
            }
            calls.send("console-draft", Map.of(), "", body);
            return toIntuit(Map.of("body", body), body, request, session);
        } catch (ApiException e) {
            return again(form, e, request, response, model);
        }
    }

    /** The keys stay as they are; the company has to be the same. */
    @PostMapping("/instances/{id}/reconnect")
    String reconnect(@PathVariable String id, HttpServletRequest request, HttpSession session) {
        var instance = calls.one("read-instance", Map.of("id", id));
        return toIntuit(Map.of(INSTANCE, id), instance, request, session);
    }

    private String toIntuit(Map<String, Object> waiting, Map<String, Object> described, HttpServletRequest request, HttpSession session) {
        var state = UUID.randomUUID().toString(); // 122 random bits
        parked.park(session, WAITING + state, waiting);
        var query = Calls.query(Map.of(
                "apiKey", String.valueOf(Calls.map(described.get("configuration")).get("oauth.api.key")),
                "callbackUrl", places.redirect(request), "state", state));
        return "redirect:" + calls.one("oauth-url", Map.of(), query).get("oauthUrl");
    }

    @GetMapping("/connected")
    String connected(@RequestParam Map<String, String> given, HttpServletRequest request, HttpServletResponse response,
            HttpSession session, Model model) {
        var waiting = parked.take(session, WAITING + given.getOrDefault("state", "")).orElseThrow(() -> new ApiException(400,
                "This answer of Intuit's is to a question that was not asked in this session, or was used already: begin anew"));
        return waiting.containsKey(INSTANCE)
                ? reconnected(String.valueOf(waiting.get(INSTANCE)), given, request)
                : created(Calls.map(waiting.get("body")), given, request, response, session, model);
    }

    private String created(Map<String, Object> body, Map<String, String> given, HttpServletRequest request,
            HttpServletResponse response, HttpSession session, Model model) {
        try {
            var complete = new LinkedHashMap<>(body);
            complete.put("providerData", provider(given));
            var instance = calls.send("create-instance", Map.of(), "", complete);
            parked.park(session, InstancePages.CREATED + instance.get("id"), Map.of("token", instance.get("token")));
            return "redirect:" + ConsolePath.BELOW + "/instances/" + instance.get("id") + "/created";
        } catch (ApiException e) {
            return again(InstanceForm.of(body, offered()), e, request, response, model);
        }
    }

    private String reconnected(String id, Map<String, String> given, HttpServletRequest request) {
        calls.send("change-instance", Map.of("id", id), "", Map.of(
                "providerData", provider(given),
                "configuration", Map.of(InstanceForm.CALLBACK, places.redirect(request))));
        return "redirect:" + ConsolePath.BELOW + "/instances/" + id + "?done=reconnected";
    }

    private static Map<String, Object> provider(Map<String, String> given) {
        if (given.containsKey("error")) {
            throw new ApiException(400, "Intuit did not connect the company: " + given.get("error"));
        }
        return Map.of("code", given.getOrDefault("code", ""), "realmId", given.getOrDefault("realmId", ""));
    }
}
