// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes down what was counted, every few seconds and at the end, and reads what other nodes have. A kill loses the counts
 * of those seconds.
 */
@Component
class CallCounts {

    private static final Logger log = LoggerFactory.getLogger(CallCounts.class);
    private static final Duration READ_EVERY = Duration.ofSeconds(10);
    private static final int KEPT_DAYS = 400; // the same month of last year can be looked at

    private final CallRows rows;
    private final BudgetSettings settings;
    private final BudgetWatch watch;
    private final Clock clock;
    private final CallLedger ledger;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, CompanyUse> companies = new HashMap<>();
    private @Nullable Instant readAt;
    private boolean away;

    CallCounts(CallRows rows, BudgetSettings settings, BudgetWatch watch, Clock clock) {
        this.rows = rows;
        this.settings = settings;
        this.watch = watch;
        this.clock = clock;
        this.ledger = new CallLedger(clock.instant());
    }

    CallLedger ledger() {
        return ledger;
    }

    @PostConstruct
    void start() {
        read();
    }

    /** Often. Who finds that it is being done does not wait: a database that hangs must not hold every timer. */
    void tick() {
        if (lock.tryLock()) {
            try {
                keep();
            } finally {
                lock.unlock();
            }
        }
    }

    /** What cannot be written now is written later. */
    void keep() {
        lock.lock();
        try {
            boolean written = write();
            if (written || readAt == null || Duration.between(readAt, clock.instant()).abs().compareTo(READ_EVERY) >= 0) {
                read();
            }
            watch.look(ledger.standing(clock.instant()));
            away = false;
        } catch (DataAccessException | TransactionException e) {
            if (!away) {
                log.warn("Calls to QuickBooks are counted in memory, because they cannot be written: {}", e.getMessage());
            }
            away = true;
        } finally {
            lock.unlock();
        }
    }

    @PreDestroy
    void stop() {
        lock.lock();
        try {
            write();
        } catch (DataAccessException | TransactionException e) {
            log.warn("The last calls to QuickBooks were not counted: {}", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private boolean write() {
        var counts = ledger.drain();
        if (counts.isEmpty()) {
            return false;
        }
        try {
            rows.add(counts);
            return true;
        } catch (RuntimeException e) {
            ledger.giveBack(counts);
            throw e;
        }
    }

    /** What is older than yesterday nobody adds to any more: it is read once a day. */
    private void read() {
        var now = clock.instant();
        var today = day(now);
        var month = today.withDayOfMonth(1);
        var pace = today.minusDays(CompanyUse.DAYS_BEFORE);
        var oldest = month.isBefore(pace) ? month : pace;
        boolean known = readAt != null && day(readAt).equals(today);
        var from = known && oldest.isBefore(today.minusDays(1)) ? today.minusDays(1) : oldest;
        companies.values().forEach(each -> each.forget(from, oldest));
        rows.read(from, companies);
        companies.values().removeIf(CompanyUse::isEmpty);
        if (!known) {
            rows.deleteBefore(today.minusDays(KEPT_DAYS));
        }
        readAt = now;
        ledger.publish(Standing.of(companies, settings, now));
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
