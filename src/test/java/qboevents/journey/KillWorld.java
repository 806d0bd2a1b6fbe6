// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import qboevents.testing.RestartablePostgres;
import qboevents.testing.ServiceProcess;

/** Everything around the service that goes on while the service is killed. */
final class KillWorld implements AutoCloseable {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 3);
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(3);
    private static final int SIGKILLED = 128 + 9;
    private static final int SIGTERMED = 128 + 15;

    private enum Victim {
        SERVICE,
        DATABASE,
        BOTH
    }

    private final Random random;
    private final int port = ServiceProcess.freePort();
    private final List<Duration> starts = new ArrayList<>();
    private final Path folder;
    private final Optional<RestartablePostgres> database;
    private final BusyWorld world;
    private final List<String> settings;
    private ServiceProcess service;

    /** @param database if it can be killed alone */
    KillWorld(Path folder, String databaseUrl, Optional<RestartablePostgres> database) {
        this.folder = folder;
        this.database = database;
        this.world = new BusyWorld(folder, ROUNDS);
        this.random = world.random();
        this.settings = world.settings(databaseUrl);
        this.service = start();
        System.out.println("killing a service on " + databaseUrl + ", " + world.seed());
    }

    void connect() {
        starts.add(service.awaitReady());
        world.connect(Collections.nCopies(3, service), service.base() + "/events/quickbooks");
    }

    void killAgainAndAgain() {
        for (int round = 1; round <= ROUNDS; round++) {
            var victim = database.isEmpty() ? Victim.SERVICE : Victim.values()[random.nextInt(Victim.values().length)];
            var moment = victim == Victim.SERVICE ? KillMoment.drawn(random) : KillMoment.drawnOfReady(random);
            moment.await(service, world.traffic(), random);
            var age = service.age();
            kill(victim);
            System.out.printf("round %d/%d: killed %s %s, %.1f s old; %s%n",
                    round, ROUNDS, victim, moment, age.toMillis() / 1000.0, world.figures());
        }
    }

    /** Without its database the service stays, and goes on when it is back. */
    private void kill(Victim victim) {
        if (victim != Victim.SERVICE) {
            database.orElseThrow().crash();
            service.runFor(KillMoment.upTo(LONGEST_OUTAGE, random));
        }
        if (victim != Victim.DATABASE) {
            assertThat(service.kill()).isEqualTo(SIGKILLED);
        }
        if (victim != Victim.SERVICE) {
            database.orElseThrow().start();
        }
        if (victim != Victim.DATABASE) {
            service = start();
        }
    }

    /** Something is always under way. */
    void stopGracefully() {
        starts.add(service.awaitReady());
        service.runFor(Duration.ofSeconds(2));
        assertThat(service.stop(BusyWorld.STOP_LIMIT)).isIn(0, SIGTERMED);
        service = start();
    }

    void comeToRest() {
        starts.add(service.awaitReady());
        world.comeToRest(service, service::dumpThreads);
        System.out.println("nothing lost: " + world.figures() + ", starts to the first answer " + starts);
    }

    @Override
    public void close() {
        service.close();
        world.close();
    }

    private ServiceProcess start() {
        return ServiceProcess.start(folder, port, settings);
    }
}
