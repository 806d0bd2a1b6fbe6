// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import qboevents.simulator.Received;
import qboevents.testing.ServiceProcess;

/** Three nodes, and everything around them that goes on while they are killed and stopped. */
final class NodesWorld implements AutoCloseable {

    static final String ENCRYPTION_KEY = "events.encryption.key=" + Base64.getEncoder().encodeToString(new byte[32]);

    private static final int NODES = 3;
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 3);
    private static final Duration LEASE = Duration.ofSeconds(12); // the longest of those below
    private static final Duration AWAKE = Duration.ofSeconds(3); // for what somebody who wakes up might do

    private final Random random;
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final List<Awakening> awakenings = new ArrayList<>();
    private final List<Integer> ports = IntStream.range(0, NODES).mapToObj(each -> ServiceProcess.freePort()).toList();
    private final List<ServiceProcess> nodes = new ArrayList<>();
    private final Path folder;
    private final BusyWorld world;
    private final List<String> settings;
    private final FrontDoor door;

    /** @param taken states that the receiver had taken when it came */
    private record Sent(BusyCompany company, Instant at, List<String> states, int taken) {}

    /** When somebody went on whose leases had ended, and nobody else was killed or stopped. */
    private record Awakening(Instant from, Instant to) {}

    NodesWorld(Path folder, String databaseUrl) {
        this.folder = folder;
        this.world = new BusyWorld(folder, ROUNDS);
        this.random = world.random();
        this.settings = world.settings(databaseUrl,
                ENCRYPTION_KEY,
                "events.polling.lease=12s",
                "events.webhook.lease=12s",
                "events.delivery.timeout=2s"); // its lease is ten seconds longer
        world.onReceived(this::note);
        for (int i = 0; i < NODES; i++) { // at the same time, on a database that is empty
            nodes.add(start(i));
        }
        this.door = new FrontDoor(nodes.stream().map(each -> each.base().replaceAll("/elements.*", "")).toList(), world.random());
        System.out.println("disturbing " + NODES + " services on " + databaseUrl + ", " + world.seed());
    }

    private void note(BusyCompany company, Received received) {
        sent.add(new Sent(company, Instant.now(), company.states(received), company.arrivals().countTaken()));
    }

    void connect() {
        nodes.forEach(ServiceProcess::awaitReady);
        world.connect(nodes, door.url() + "/elements/api-v2/events/quickbooks");
    }

    void disturbAgainAndAgain() {
        for (int round = 1; round <= ROUNDS; round++) {
            int victim = random.nextInt(NODES);
            boolean stopped = round == 1 || random.nextBoolean();
            KillMoment.drawnOfReady(random).await(nodes.get(victim), world.traffic(), random);
            if (stopped) {
                stopAndKill(victim, (victim + 1 + random.nextInt(NODES - 1)) % NODES);
            } else {
                killAndInherit(victim);
            }
            System.out.printf("round %d/%d: %s node %d; %s%n", round, ROUNDS, stopped ? "stopped" : "killed", victim, world.figures());
        }
    }

    /** One is stopped for longer than its leases last; another is killed meanwhile, and is back before the first one goes on. */
    private void stopAndKill(int stopped, int killed) {
        nodes.get(stopped).pause();
        var until = Instant.now().plus(LEASE).plusSeconds(3);
        KillMoment.drawnOfReady(random).await(nodes.get(killed), world.traffic(), random);
        restart(killed);
        nodes.get(killed).runFor(AWAKE);
        var left = Duration.between(Instant.now(), until);
        if (!left.isNegative()) {
            nodes.get(killed).runFor(left);
        }
        var from = Instant.now();
        nodes.get(stopped).resume();
        nodes.get(stopped).runFor(AWAKE);
        awakenings.add(new Awakening(from, Instant.now()));
    }

    /** The others go on with what it had before it is back. */
    private void killAndInherit(int killed) {
        nodes.get(killed).kill();
        nodes.get((killed + 1) % NODES).runFor(LEASE.plus(AWAKE));
        nodes.set(killed, start(killed));
        nodes.get(killed).awaitReady();
    }

    private void restart(int killed) {
        nodes.get(killed).kill();
        nodes.set(killed, start(killed));
        nodes.get(killed).awaitReady();
    }

    /** What it had is the others' at once. */
    void stopOneGracefully() {
        nodes.forEach(ServiceProcess::awaitReady);
        assertThat(nodes.remove(random.nextInt(NODES)).stop(BusyWorld.STOP_LIMIT)).isIn(0, 128 + 15);
    }

    void comeToRest() {
        world.comeToRest(nodes.get(0), () -> nodes.forEach(ServiceProcess::dumpThreads));
        world.assertNone(awakenings.stream().flatMap(each -> sentBy(each).stream()).toList());
        world.assertNone(linesOfTheLogs("deadlock detected"));
        System.out.println("nothing lost: " + world.figures());
    }

    /** What was older than what others had sent, when somebody woke up who had not heard of that. */
    private List<String> sentBy(Awakening awakening) {
        return sent.stream()
                .filter(each -> each.at().isAfter(awakening.from()) && each.at().isBefore(awakening.to()))
                .flatMap(each -> each.company().sentAfterNewer(each.states(), each.taken()).stream()
                        .map(state -> "sent at an awakening, after a later state had been taken: " + state))
                .toList();
    }

    private List<String> linesOfTheLogs(String text) {
        return IntStream.range(0, NODES).mapToObj(this::folderOf).flatMap(each -> {
            try {
                return Files.readAllLines(each.resolve(ServiceProcess.LOG)).stream().filter(line -> line.contains(text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).toList();
    }

    @Override
    public void close() {
        nodes.forEach(ServiceProcess::close);
        door.close();
        world.close();
    }

    private Path folderOf(int node) {
        return folder.resolve("node-" + node);
    }

    private ServiceProcess start(int node) {
        try {
            Files.createDirectories(folderOf(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ServiceProcess.start(folderOf(node), ports.get(node), settings);
    }
}
