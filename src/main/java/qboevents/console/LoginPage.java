// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The only page that is everybody's. */
@Controller
class LoginPage {

    private static final Map<String, String> NOTES = Map.of(
            "refused", "These are not the platform's two secrets.",
            "expired", "Nothing was done: the page was open for too long. Log in and try again.",
            "out", "You are logged out.");

    @GetMapping(ConsoleSecurity.LOGIN)
    String login(@RequestParam Map<String, String> given, Model model) {
        NOTES.forEach((name, note) -> {
            if (given.containsKey(name)) {
                model.addAttribute("note", note);
                model.addAttribute("failed", !name.equals("out"));
            }
        });
        model.addAttribute("to", given.getOrDefault("to", ""));
        return "console/login";
    }
}
