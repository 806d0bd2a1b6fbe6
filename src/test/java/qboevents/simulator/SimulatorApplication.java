// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The simulator, and a receiver when asked for, as a process of its own:
 * {@code --port=8090 --realm=42 --invoices=1000000 --invoices-per-second=400 --limits=observe --receiver-port=8091
 * --receiver-key=secret --host=127.0.0.1}. Prints one line when ready, with an authorization code for the company.
 * With {@code --webhook-url=http://127.0.0.1:8080/elements/api-v2/events/quickbooks --webhook-token=secret} it sends
 * webhooks; {@code --webhook-form=legacy} and all else that {@link WebhookOptions} know is given the same way, and so is
 * {@code --cdc-cap=10} with what {@link CdcOptions} know. {@code --block-at=500000} is Builder's month.
 */
public final class SimulatorApplication {

    private SimulatorApplication() {}

    public static void main(String[] arguments) throws InterruptedException {
        var options = options(arguments);
        var realmId = options.getOrDefault("realm", "9130350000000001");
        var host = options.getOrDefault("host", "127.0.0.1");
        var clock = MovableClock.running();
        var simulator = new QuickBooksSimulator(clock, host, number(options, "port", 0), Optional.empty())
                .choosing(realmId);
        if (options.getOrDefault("limits", "enforce").equals("observe")) {
            simulator.limits().observeOnly();
        }
        Preload.invoices(simulator.ledger(realmId), clock,
                number(options, "invoices", 0), number(options, "invoices-per-second", 400));
        var receiver = Optional.ofNullable(options.get("receiver-port")).map(port -> new CallbackReceiver(
                host, Integer.parseInt(port), Optional.ofNullable(options.get("receiver-key"))).keepingNothing());
        new WebhookOptions(simulator.webhooks()).apply(named("webhook-", options));
        new CdcOptions(simulator.cdc()).apply(named("cdc-", options));
        Optional.ofNullable(options.get("block-at")).map(Long::parseLong).ifPresent(simulator.meter()::blockAt);
        simulator.on("/simulator", new ControlHandler(simulator, receiver));
        System.out.println("simulator ready api=" + simulator.apiUrl() + " realm=" + realmId
                + " invoices=" + simulator.ledger(realmId).count("Invoice")
                + " code=" + simulator.authorize(realmId)
                + receiver.map(each -> " callback=" + each.url()).orElse(""));
        Thread.currentThread().join();
    }

    private static Map<String, String> options(String[] arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument.replaceFirst("^--", "").split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length == 2 ? pair[1] : ""));
    }

    private static Map<String, String> named(String prefix, Map<String, String> options) {
        return options.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.toMap(name -> name.substring(prefix.length()), options::get));
    }

    private static int number(Map<String, String> options, String name, int otherwise) {
        return Optional.ofNullable(options.get(name)).map(Integer::parseInt).orElse(otherwise);
    }
}
