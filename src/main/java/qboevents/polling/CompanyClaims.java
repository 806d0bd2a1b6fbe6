// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import static qboevents.database.SqlTime.utc;

import jakarta.annotation.PostConstruct;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.instance.Instance;
import qboevents.instance.Node;
import qboevents.resource.Resource;
import qboevents.resource.ResourceRoutes;
import qboevents.resource.Resources;

/**
 * Who reads what changed in a company now: one worker of one node, so that whichever of its timers fires first takes
 * everything along that is due. Its cursors are leased with it, one by one.
 */
@Component
class CompanyClaims {

    private static final Logger log = LoggerFactory.getLogger(CompanyClaims.class);

    /** QuickBooks looks 30 days back at most; one is left for the calls to arrive in. */
    static final Duration LOOK_BACK = Duration.ofDays(29);

    /** After so many failures in a row the cause may be one record of one entity: it is looked for in ever smaller groups. */
    private static final int DOUBTFUL = 2;

    /** After so many it may be change data capture as a whole: a query is tried, every other time. */
    static final int HOPELESS = 6;

    private final JdbcClient jdbc;
    private final Leases leases;
    private final Resources resources;
    private final ResourceRoutes routes;
    private final PollClaims claims;
    private final Gaps gaps;
    private final PollingSettings settings;
    private final Node node;
    private final Clock clock;
    private final Set<CompanyPoll> held = ConcurrentHashMap.newKeySet();

    CompanyClaims(
            JdbcClient jdbc,
            Leases leases,
            Resources resources,
            ResourceRoutes routes,
            PollClaims claims,
            Gaps gaps,
            PollingSettings settings,
            Node node,
            Clock clock) {
        this.jdbc = jdbc;
        this.leases = leases;
        this.resources = resources;
        this.routes = routes;
        this.claims = claims;
        this.gaps = gaps;
        this.settings = settings;
        this.node = node;
        this.clock = clock;
    }

    /** Parameters of {@code sql/claim-companies.sql} and of the two that follow it. What is switched off is not taken along. */
    Map<String, Object> wanted(String resource) {
        var parameters = claims.wanted(resource);
        parameters.put("captured", resources.all().stream()
                .filter(each -> each.captured() && routes.started(each.name()))
                .map(Resource::name)
                .collect(Collectors.joining(",", ",", ",")));
        return parameters;
    }

    /**
     * The rows of {@code sql/claimed-company-cursors.sql} as polls, held by this node from now on.
     *
     * @param claimed the parameters with which they were claimed
     */
    List<CompanyPoll> taken(List<Map<String, Object>> rows, Map<String, Object> claimed) {
        var companies = new LinkedHashMap<Long, List<PollClaim>>();
        var unreadable = new HashSet<Object>();
        for (var row : rows) {
            var resource = resources.named((String) row.get("resource")).orElse(null);
            if (resource == null || unreadable.contains(row.get("instance_id"))) {
                continue; // taken out of the routes in this very moment, for one: its lease runs out
            }
            try {
                var claim = claims.claim(row, resource.entity(), resource.hidesInactive());
                companies.computeIfAbsent(claim.instanceId(), id -> new ArrayList<>()).add(claim);
            } catch (ApiException deletedMeanwhile) {
                log.debug("Nothing to poll any more: {}", deletedMeanwhile.getMessage());
            } catch (RuntimeException e) {
                PollClaims.unreadable(row, e);
                unreadable.add(row.get("instance_id"));
            }
        }
        letGoOfOthers((Long) claimed.get("claim"), companies.keySet());
        var polls = companies.values().stream().map(this::company).toList();
        polls.forEach(this::hold); // last: what fails above must leave nothing that is renewed for ever
        return polls;
    }

    private void hold(CompanyPoll company) {
        company.all().forEach(claims::holdTogether);
        held.add(company);
    }

    /** Another timer may have read all of a company between two looks of ours: then nothing of it is left, and nobody would let it go. */
    private void letGoOfOthers(long claim, Set<Long> taken) {
        jdbc.sql("update company_lease set leased_until = :past where claim = :claim and not (instance_id = any(:taken))")
                .param("past", utc(Instant.EPOCH))
                .param("claim", claim)
                .param("taken", taken.toArray(Long[]::new))
                .update();
    }

    private CompanyPoll company(List<PollClaim> due) {
        var now = clock.instant();
        var all = due.stream().map(claim -> gaps.noted(claim, now.minus(LOOK_BACK))).toList();
        var together = all.stream().filter(claim -> canBeCaptured(claim, now)).toList();
        var byQuery = new ArrayList<>(all);
        byQuery.removeAll(together);
        if (all.get(0).instance().events().strategy().equals("query")) {
            forget(all.get(0).instanceId()); // from before it could be chosen
        }
        return new CompanyPoll(all.get(0).instance(), all.get(0).number(), groups(together), byQuery);
    }

    /** All in one, but those that have failed for a while, which must not hold up the others for ever. */
    private static List<List<PollClaim>> groups(List<PollClaim> together) {
        var groups = new ArrayList<List<PollClaim>>();
        var sound = together.stream().filter(claim -> claim.failures() < DOUBTFUL).toList();
        if (!sound.isEmpty()) {
            groups.add(sound);
        }
        var doubtful = together.stream().filter(claim -> claim.failures() >= DOUBTFUL).toList();
        int failures = doubtful.stream().mapToInt(PollClaim::failures).max().orElse(0);
        int size = Math.max(1, doubtful.size() >> Math.min(30, failures - 1));
        for (int start = 0; start < doubtful.size(); start += size) {
            groups.add(doubtful.subList(start, Math.min(start + size, doubtful.size())));
        }
        return groups;
    }

    private static boolean canBeCaptured(PollClaim claim, Instant now) {
        if (claim.instance().events().strategy().equals("query")
                || claim.queryUntil() != null && claim.queryUntil().isAfter(now)
                || claim.failures() >= HOPELESS && claim.failures() % 2 == 0) {
            return false;
        }
        var since = claim.capturedSince();
        return claim.unanchored() || since != null && since.isAfter(now.minus(LOOK_BACK));
    }

    /** What is left is read by queries, each of these lists by a hand of its own: the company's other resources need not wait for it. */
    List<List<PollClaim>> letGo(CompanyPoll company) {
        held.remove(company);
        company.all().forEach(claims::letGo);
        company.byQuery().forEach(claims::hold);
        try {
            jdbc.sql("update company_lease set leased_until = :past where instance_id = :instance and claim = :claim")
                    .param("past", utc(Instant.EPOCH))
                    .param("instance", company.instanceId())
                    .param("claim", company.number())
                    .update();
        } catch (RuntimeException e) {
            log.warn("instance {}: its lease is left to run out: {}", company.instanceId(), e.getMessage());
        }
        return hands(company.byQuery());
    }

    private List<List<PollClaim>> hands(List<PollClaim> byQuery) {
        var hands = new ArrayList<List<PollClaim>>();
        for (int i = 0; i < byQuery.size(); i++) {
            if (i < settings.workersPerInstance()) {
                hands.add(new ArrayList<>());
            }
            hands.get(i % settings.workersPerInstance()).add(byQuery.get(i));
        }
        return hands;
    }

    /** Keeps what this node holds from being taken over. */
    void renew() {
        leases.renew("company_lease", held.stream().mapToLong(CompanyPoll::number));
    }

    /** What a process of the same name held when it died is free at once; all of it where no other process can be. */
    @PostConstruct
    void freeOwn() {
        leases.freeOwn("company_lease");
    }

    /** Whether an instance's changes are read together. */
    void follow(Instance instance) {
        if (instance.events().strategy().equals("query")) {
            forget(instance.id());
            return;
        }
        jdbc.sql("insert into company_lease (instance_id, leased_until) values (:instance, :past) on conflict do nothing")
                .param("instance", instance.id())
                .param("past", utc(Instant.EPOCH))
                .update();
    }

    void forget(long instanceId) {
        jdbc.sql("delete from company_lease where instance_id = :instance").param("instance", instanceId).update();
    }
}
