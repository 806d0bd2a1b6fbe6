// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import qboevents.routes.check.Place;
import qboevents.routes.check.Problem;
import qboevents.routes.check.RoutesFolder;
import qboevents.routes.check.RoutesRead;
import qboevents.routes.check.RoutesSettings;
import qboevents.routes.check.RoutesSource;

/**
 * Looks into the routes folder again and again, and has what was edited taken over once it stands still. All of it is read,
 * which is a hundred kilobytes: a watch would not see a ConfigMap that is swapped by a link, and a time does not show an edit
 * within the same second.
 */
@Component
class RoutesReload {

    private static final Logger log = LoggerFactory.getLogger(RoutesReload.class);
    private static final Duration OFTEN = Duration.ofMillis(300);

    private final RoutesSettings settings;
    private final RunningRoutes running;
    private final EditedRoutes edited;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var worker = new Thread(task, "routes");
        worker.setDaemon(true);
        return worker;
    });
    private @Nullable RoutesRead seen;
    private String failure = "";
    private volatile boolean watching;

    RoutesReload(RoutesSettings settings, RunningRoutes running, EditedRoutes edited) {
        this.settings = settings;
        this.running = running;
        this.edited = edited;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (settings.reload() && RoutesSource.at(settings.folder()) instanceof RoutesFolder folder) {
            watching = true;
            thread.scheduleWithFixedDelay(() -> look(folder), OFTEN.toMillis(), OFTEN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The copies in the jar stay as they are. */
    boolean watching() {
        return watching;
    }

    private void look(RoutesFolder folder) {
        try {
            look(read(folder));
            failure = "";
        } catch (Throwable e) { // a task that fails would be the last
            if (!failure.equals(e.toString())) {
                log.error("The routes folder is looked at again", e);
            }
            failure = e.toString();
        }
    }

    /** Twice the same: nobody is writing. */
    void look(RoutesRead now) {
        edited.end();
        boolean still = now.equals(seen);
        seen = now;
        if (!still) {
            return;
        }
        var refused = running.refused();
        if (now.equals(running.read())) {
            if (refused != null) {
                log.info("Routes: the edit that was refused is undone.");
                running.asBefore();
            }
        } else if (refused == null || !now.equals(refused.read())) {
            edited.take(now);
        }
    }

    /** A folder that cannot be read is an edit too: it is refused while it lasts. */
    private static RoutesRead read(RoutesFolder folder) {
        try {
            return RoutesRead.of(folder);
        } catch (RuntimeException e) {
            var cause = e instanceof UncheckedIOException ? e.getCause() : e;
            return new RoutesRead(folder.toString(), List.of(), List.of(
                    new Problem(new Place(folder.toString(), 0), "", "cannot be read: " + cause + ".")));
        }
    }

    @EventListener(ContextClosedEvent.class)
    void close() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(5, TimeUnit.SECONDS);
    }
}
