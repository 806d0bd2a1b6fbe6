// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.time.Duration;
import java.util.Random;
import qboevents.testing.ServiceProcess;

/** When somebody is killed: at any time, or just where a page, a cursor or an answer is under way. */
enum KillMoment {
    WHILE_IT_STARTS {
        @Override
        void await(ServiceProcess service, Traffic traffic, Random random) {
            service.runFor(upTo(Duration.ofSeconds(6), random));
        }
    },

    ANY_TIME {
        @Override
        void await(ServiceProcess service, Traffic traffic, Random random) {
            service.awaitReady();
            service.runFor(Duration.ofMillis(300).plus(upTo(Duration.ofMillis(3700), random)));
        }
    },

    /** While its records are kept, between them and the cursor, or on the way to the next page. */
    AFTER_A_PAGE {
        @Override
        void await(ServiceProcess service, Traffic traffic, Random random) {
            service.awaitReady();
            traffic.awaitPages(1 + random.nextInt(20));
            service.runFor(upTo(Duration.ofMillis(60), random));
        }
    },

    /** The receiver knows, the database may not. */
    AT_A_CALLBACK {
        @Override
        void await(ServiceProcess service, Traffic traffic, Random random) {
            service.awaitReady();
            traffic.awaitCallbacks(1 + random.nextInt(20));
        }
    };

    abstract void await(ServiceProcess service, Traffic traffic, Random random);

    /** All of them in turn would be blind to what only follows from two of the same. */
    static KillMoment drawn(Random random) {
        return values()[random.nextInt(values().length)];
    }

    /** One at which the service is there and must stay when it is not the one to be killed. */
    static KillMoment drawnOfReady(Random random) {
        return values()[1 + random.nextInt(values().length - 1)];
    }

    static Duration upTo(Duration most, Random random) {
        return Duration.ofMillis(random.nextInt((int) most.toMillis()));
    }
}
