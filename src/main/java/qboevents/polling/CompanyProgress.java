// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import qboevents.event.Change;
import qboevents.event.Changes;
import qboevents.event.Kept;
import qboevents.event.Operation;
import qboevents.event.ReadFailure;

/**
 * What an answer of change data capture means for the cursors that were asked for together. None moves past what the answer
 * may have left out (src/docs/decisions/0012-change-data-capture.md).
 */
@Component
class CompanyProgress {

    private static final Logger log = LoggerFactory.getLogger(CompanyProgress.class);

    /** Refused as often without one answer, it is the call and not an entity: more than the halvings to find one of them. */
    private static final int MOST_REFUSALS = 6;

    /** How long queries are used after QuickBooks has refused to tell of an entity. */
    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofDays(1);

    /** The same when it has refused everything: that is seldom meant to last, and costs a query for each entity. */
    private static final Duration UNTIL_ALL_ASKED_AGAIN = Duration.ofHours(1);

    private static final Pattern TOO_OLD = Pattern.compile("older than .*days", Pattern.CASE_INSENSITIVE);

    private final PollProgress progress;
    private final Gaps gaps;
    private final Clock clock;

    CompanyProgress(PollProgress progress, Gaps gaps, Clock clock) {
        this.progress = progress;
        this.gaps = gaps;
        this.clock = clock;
    }

    /** "From now on" is on QuickBooks' clock. */
    void anchor(CompanyPoll company, @Nullable Instant quickBooksTime) {
        company.every(claim -> claim.unanchored() ? progress.anchor(claim, quickBooksTime) : claim);
    }

    /** What is in a part of an answer, for the log. What a cursor has behind it, another one may have asked for. */
    List<Changes> changes(CompanyPoll company, Map<String, List<Change>> records) {
        var changes = new ArrayList<Changes>();
        records.forEach((entity, list) -> company.ofEntity(entity).ifPresent(claim -> changes.add(new Changes(
                claim.instanceId(),
                claim.resource(),
                claim.notificationSize(),
                claim.polledAt(),
                true,
                claim.bothSince(),
                claim.createdTolerance(),
                list.stream().filter(change -> concerns(claim, change)).toList()))));
        return changes;
    }

    private static boolean concerns(PollClaim claim, Change change) {
        var since = change.operation() == Operation.DELETED ? claim.capturedSince() : claim.since();
        return since == null || change.updatedAt() == null
                || !change.updatedAt().isBefore(since.truncatedTo(ChronoUnit.SECONDS)); // as it was asked, and as QuickBooks dates
    }

    void kept(CompanyPoll company, Kept kept) {
        company.kept(kept.count());
    }

    /**
     * After an answer whose records are on disk.
     *
     * @param full whether the answer holds as much as an answer can
     * @param answered entities that something was told of
     * @param faults what was said instead of others
     * @param refused why QuickBooks did not answer at all; null: it did
     * @param unknown whether it would refuse every such call
     * @param time QuickBooks' clock when it answered; null when it did not tell
     */
    void advance(
            CompanyPoll company,
            boolean full,
            List<String> answered,
            List<String> faults,
            @Nullable String refused,
            boolean unknown,
            @Nullable Instant time) {
        if (refused != null) {
            refused(company, refused, unknown);
            return;
        }
        company.answered();
        if (full) {
            cutOff(company);
        } else if (faults.isEmpty()) {
            end(company, company.atHand(), time);
            company.next(List.of(), List.of());
        } else {
            withFaults(company, answered, faults, time);
        }
    }

    /** At the limit an answer is complete for nobody: halves are asked for, and of a single entity all is queried. */
    private void cutOff(CompanyPoll company) {
        var group = company.atHand();
        if (group.size() > 1) {
            company.halve(List.of());
            return;
        }
        var because = "change data capture told of as many objects as it tells of at once";
        company.next(List.of(), List.of(gaps.note(group.get(0), because)));
    }

    private void refused(CompanyPoll company, String said, boolean unknown) {
        var group = company.atHand();
        if (TOO_OLD.matcher(said).find()) {
            company.next(List.of(), group.stream().map(claim -> gaps.note(claim, said)).toList());
            return;
        }
        var meant = group.stream().filter(claim -> names(said, claim)).toList();
        if (unknown) {
            company.leave(company.left()); // for this time: a gateway may have said it
        } else if (company.refused() >= MOST_REFUSALS) {
            company.leave(toQueries(company.left(), said, UNTIL_ALL_ASKED_AGAIN));
        } else if (group.size() == 1) {
            company.next(List.of(), toQueries(group, said, UNTIL_ASKED_AGAIN));
        } else if (meant.isEmpty() || meant.size() == group.size()) {
            company.halve(List.of());
        } else {
            var others = new ArrayList<>(group);
            others.removeAll(meant);
            company.next(others, toQueries(meant, said, UNTIL_ASKED_AGAIN));
        }
    }

    private List<PollClaim> toQueries(List<PollClaim> claims, String said, Duration pause) {
        var until = clock.instant().plus(pause);
        progress.queryUntil(claims, until, said);
        log.warn("instance {}: change data capture is refused for {}, which are read by queries until {}: {}",
                claims.get(0).instanceId(), claims.stream().map(PollClaim::resource).toList(), until, said);
        return claims;
    }

    /** An entity's Fault is that entity's failure alone. Of which it speaks it seldom says: then those without records may be meant. */
    private void withFaults(CompanyPoll company, List<String> answered, List<String> faults, @Nullable Instant time) {
        var group = company.atHand();
        var said = String.join("; ", faults);
        var silent = group.stream().filter(claim -> !answered.contains(claim.entity())).toList();
        var named = silent.stream().filter(claim -> names(said, claim)).toList();
        if (named.size() < faults.size() && silent.size() > faults.size()) {
            end(company, without(group, silent), time);
            company.halve(without(group, silent));
            return;
        }
        var meant = named.size() < faults.size() ? silent : named;
        var failing = meant.isEmpty() ? group : meant;
        var again = without(without(silent, named), failing); // a Fault may speak of others than its own entity
        end(company, without(without(group, failing), again), time);
        var failure = ReadFailure.of("QuickBooks answered 200 with a Fault: " + said);
        failing.forEach(claim -> progress.failed(claim, failure));
        company.next(again, List.of());
    }

    private static List<PollClaim> without(List<PollClaim> all, List<PollClaim> some) {
        return all.stream().filter(claim -> !some.contains(claim)).toList();
    }

    private static boolean names(String said, PollClaim claim) {
        return Pattern.compile("\\b" + Pattern.quote(claim.entity()) + "\\b", Pattern.CASE_INSENSITIVE).matcher(said).find();
    }

    private void end(CompanyPoll company, List<PollClaim> claims, @Nullable Instant time) {
        if (claims.isEmpty()) {
            return;
        }
        if (time == null) {
            throw ReadFailure.of("QuickBooks did not tell the time, so it is not known until when it has told all");
        }
        progress.captured(claims, time, company.fresh());
    }

    /** No cursor of the group at hand moves. What is not about its records is about every other group's too. */
    void failed(CompanyPoll company, ReadFailure failure) {
        if (!failure.aboutRecords()) {
            ended(company, failure);
            return;
        }
        company.atHand().forEach(claim -> progress.failed(claim, failure));
        company.next(List.of(), List.of());
    }

    /** No cursor of those that are left moves. */
    void ended(CompanyPoll company, ReadFailure failure) {
        company.left().forEach(claim -> progress.failed(claim, failure));
        company.end();
    }
}
