// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

class TokensTest {

    private static final OAuthSettings INTUIT = new OAuthSettings(
            URI.create("https://intuit/authorize"), URI.create("https://intuit/token"), URI.create("https://intuit/revoke"));

    private final MovableClock clock = new MovableClock();

    @OnEachDatabase
    void usesATokenThatIsGoodAsItIs(TestDatabase kind) {
        var node = new Node(kind);

        assertThat(node.tokens.claimDue(node.id)).isNull();
        assertThat(node.tokens.bearer(node.id)).isEqualTo(new Bearer("access-0", 1));
    }

    @OnEachDatabase
    void renewsATokenBeforeItExpires(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofSeconds(3541));

        var refresh = node.tokens.claimDue(node.id);
        node.settle(refresh, 200, granted(1));

        assertThat(refresh.request().form()).contains("refresh_token=refresh-0", "grant_type=refresh_token");
        assertThat(node.tokens.bearer(node.id)).isEqualTo(new Bearer("access-1", 2));
        assertThat(node.tokens.claimDue(node.id)).isNull();
    }

    @OnEachDatabase
    void letsOneOfManyThreadsOnTwoNodesSpendTheToken(TestDatabase kind) throws Exception {
        var node = new Node(kind);
        var other = node.sibling();
        clock.advance(Duration.ofHours(2));
        var threads = Executors.newFixedThreadPool(8);

        var claims = IntStream.range(0, 40)
                .<Callable<Boolean>>mapToObj(i -> () -> claims(i % 2 == 0 ? node.tokens : other, node.id)).toList();
        var won = 0;
        for (var each : threads.invokeAll(claims)) {
            won += each.get() ? 1 : 0;
        }
        threads.shutdown();

        assertThat(won).isEqualTo(1);
    }

    @OnEachDatabase
    void usesWhatIsLeftWhileAnotherRenews(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofSeconds(3560));
        node.tokens.claimDue(node.id);

        assertThat(node.tokens.claimDue(node.id)).isNull();
        clock.advance(Duration.ofSeconds(35));
        assertThatThrownBy(() -> node.tokens.claimDue(node.id)).isInstanceOf(RefreshUnderWay.class);
    }

    @OnEachDatabase
    void doesNotSpendTheTokenForARefusalThatHasASuccessor(TestDatabase kind) {
        var node = new Node(kind);
        var refused = node.tokens.bearer(node.id);

        node.settle(node.tokens.claimAfter(node.id, refused), 200, granted(1));

        assertThat(node.tokens.claimAfter(node.id, refused)).isNull();
        assertThat(node.tokens.bearer(node.id).version()).isEqualTo(2);
    }

    @OnEachDatabase
    void endsWhenTheTokenIsRefusedAndBeginsAgainWithANewCode(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        var refresh = node.tokens.claimDue(node.id);

        assertThatThrownBy(() -> node.settle(refresh, 400, "{\"error\":\"invalid_grant\"}"))
                .isInstanceOf(ReconnectNeeded.class).hasMessageContaining("providerData.code");
        assertThatThrownBy(() -> node.tokens.claimDue(node.id)).isInstanceOf(ReconnectNeeded.class);
        assertThat(node.tokens.broken()).containsExactly(node.id);

        node.tokens.keep(node.id, pair(7));
        assertThat(node.tokens.bearer(node.id)).isEqualTo(new Bearer("access-7", 2));
        assertThat(node.tokens.broken()).isEmpty();
    }

    @OnEachDatabase
    void takesASiblingsSuccessorInsteadOfEnding(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        var refresh = node.tokens.claimDue(node.id);
        node.tokens.keep(node.id, pair(5));

        node.settle(refresh, 400, "{\"error\":\"invalid_grant\"}");

        assertThat(node.tokens.bearer(node.id).token()).isEqualTo("access-5");
    }

    @OnEachDatabase
    void keepsTheTokenWhenIntuitIsBusyAndWaitsBeforeItAsksAgain(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        for (var status : List.of(500, 503, 429)) {
            var refresh = node.tokens.claimDue(node.id);

            assertThatThrownBy(() -> node.settle(refresh, status, "<html>"))
                    .isInstanceOf(AuthorizationUnavailable.class);
            assertThatThrownBy(() -> node.tokens.claimDue(node.id)).isInstanceOf(AuthorizationUnavailable.class);
            clock.advance(Duration.ofSeconds(11));
        }

        assertThat(node.tokens.claimDue(node.id).request().form()).contains("refresh-0");
    }

    @OnEachDatabase
    void saysWhatIsUnknownWhenALostAnswerTurnsOutToBeTheEnd(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        var lost = node.tokens.claimDue(node.id);
        assertThatThrownBy(() -> node.tokens.lost(lost, new IOException("reset")))
                .isInstanceOf(AuthorizationUnavailable.class);
        clock.advance(Duration.ofSeconds(11));

        var again = node.tokens.claimDue(node.id);

        assertThat(again.request().form()).contains("refresh-0");
        assertThatThrownBy(() -> node.settle(again, 400, "{\"error\":\"invalid_grant\"}"))
                .hasMessageContaining("was lost").hasMessageContaining("not known");
    }

    @OnEachDatabase
    void treatsSuccessWithoutTokensAsLost(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        var refresh = node.tokens.claimDue(node.id);

        assertThatThrownBy(() -> node.settle(refresh, 200, "{\"access_token\":\"half"))
                .isInstanceOf(AuthorizationUnavailable.class).hasMessageContaining("lost");
    }

    @OnEachDatabase
    void takesOverFromANodeThatDied(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        var dead = node.tokens.claimDue(node.id);
        clock.advance(Duration.ofSeconds(121));

        var mine = node.tokens.claimDue(node.id);
        node.settle(dead, 200, granted(1));
        node.settle(mine, 400, "{\"error\":\"invalid_grant\"}");

        assertThat(node.tokens.bearer(node.id)).isEqualTo(new Bearer("access-1", 2));
    }

    @OnEachDatabase
    void dropsTheClaimsOfItsPredecessorOnlyWhereNobodyElseCanHoldThem(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        node.tokens.claimDue(node.id);

        var restarted = node.sibling();

        if (kind == TestDatabase.H2) {
            assertThat(restarted.claimDue(node.id)).isNotNull();
        } else {
            assertThatThrownBy(() -> restarted.claimDue(node.id)).isInstanceOf(RefreshUnderWay.class);
        }
    }

    @OnEachDatabase
    void keepsTheRefreshTokenWhenIntuitSendsNone(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        node.settle(node.tokens.claimDue(node.id), 200,
                "{\"token_type\":\"bearer\",\"access_token\":\"access-1\",\"expires_in\":3600}");
        clock.advance(Duration.ofHours(2));

        assertThat(node.tokens.claimDue(node.id).request().form()).contains("refresh-0");
    }

    private static boolean claims(Tokens tokens, long id) {
        try {
            return tokens.claimDue(id) != null;
        } catch (RefreshUnderWay e) {
            return false;
        }
    }

    private static TokenPair pair(int number) {
        return new TokenPair("access-" + number, "refresh-" + number, Duration.ofHours(1), Optional.empty());
    }

    private static String granted(int number) {
        return """
                {"token_type":"bearer","access_token":"access-%d","expires_in":3600,"refresh_token":"refresh-%d",
                 "x_refresh_token_expires_in":8726400}""".formatted(number, number);
    }

    /** One process on a database with one instance whose tokens are an hour good. */
    private final class Node {

        final JdbcClient database;
        final String url;
        final Instances instances;
        final Tokens tokens;
        final long id;

        Node(TestDatabase kind) {
            url = kind.freshUrl();
            database = JdbcClient.create(kind.fresh(url));
            instances = Sample.instances(database, clock);
            tokens = tokens();
            id = instances.create(Sample.draft(Map.of("oauth.api.key", "k", "oauth.api.secret", "s"))).instance().id();
            tokens.keep(id, pair(0));
        }

        /** As the route does it. */
        void settle(Refresh refresh, int status, String body) {
            var pair = tokens.answered(refresh, status, body);
            if (pair != null) {
                tokens.store(refresh, pair);
            }
        }

        Tokens sibling() {
            return tokens();
        }

        private Tokens tokens() {
            return new Tokens(new TokenRows(database, Sample.ENCRYPTION), instances, new OAuthMessages(INTUIT), clock, Sample.place(url));
        }
    }
}
