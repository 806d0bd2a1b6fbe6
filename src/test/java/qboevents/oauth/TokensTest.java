// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.instance.Connection;
import qboevents.instance.Instances;
import qboevents.instance.MovableClock;
import qboevents.instance.Sample;
import qboevents.operator.OperatorEvents;
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
        assertThat(node.tokens.bearer(node.id)).isEqualTo(new BearerToken("access-0", 1));
    }

    @OnEachDatabase
    void renewsATokenBeforeItExpires(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofSeconds(3541));

        var refresh = node.tokens.claimDue(node.id);
        node.settle(refresh, 200, granted(1));

        assertThat(refresh.request().form()).contains("refresh_token=refresh-0", "grant_type=refresh_token");
        assertThat(node.tokens.bearer(node.id)).isEqualTo(new BearerToken("access-1", 2));
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
        assertThat(node.connection().valid()).isFalse();

        node.tokens.keep(node.id, pair(7));
        assertThat(node.tokens.bearer(node.id)).isEqualTo(new BearerToken("access-7", 2));
        assertThat(node.connection().valid()).isTrue();
    }

    @OnEachDatabase
    void tellsAnOperatorOnceThatTheUserIsNeededAndOnceThatHeCame(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        var refresh = node.tokens.claimDue(node.id);
        assertThatThrownBy(() -> node.settle(refresh, 400, "{\"error\":\"invalid_grant\"}"));
        assertThatThrownBy(() -> node.settle(refresh, 400, "{\"error\":\"invalid_grant\"}"));
        assertThatThrownBy(() -> node.tokens.claimDue(node.id));

        assertThat(node.told()).singleElement().asString()
                .startsWith("reconnect-needed: Instance " + node.id)
                .contains("invalid_grant", "PATCH /instances/" + node.id + " with providerData.code");
        assertThat(node.connection().brokenSince()).isEqualTo(clock.instant().toString());
        assertThat(node.connection().brokenBecause()).contains("invalid_grant", "providerData.code");

        node.tokens.keep(node.id, pair(7));
        node.tokens.keep(node.id, pair(8));
        assertThat(node.told()).hasSize(2).last().asString().startsWith("connected-again: ");
        assertThat(node.connection().brokenSince()).isNull();
    }

    /** Nobody would be told of a connection that is broken, or told of one that is not. */
    @OnEachDatabase
    void marksAConnectionAsBrokenOnlyTogetherWithTellingSo(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        var refresh = node.tokens.claimDue(node.id);
        node.database.sql("alter table operator_event rename to operator_event_away").update();

        assertThatThrownBy(() -> node.settle(refresh, 400, "{\"error\":\"invalid_grant\"}"))
                .isInstanceOf(DataAccessException.class);

        assertThat(node.connection().valid()).isTrue();
    }

    @OnEachDatabase
    void tellsAnOperatorThatALateAnswerHasMendedTheConnection(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        var late = node.tokens.claimDue(node.id);
        clock.advance(Duration.ofSeconds(121));
        var mine = node.tokens.claimDue(node.id);
        assertThatThrownBy(() -> node.settle(mine, 400, "{\"error\":\"invalid_grant\"}"));

        node.tokens.store(late, pair(1));

        assertThat(node.tokens.bearer(node.id)).isEqualTo(new BearerToken("access-1", 2));
        assertThat(node.told()).hasSize(2).last().asString().startsWith("connected-again: ");
    }

    @OnEachDatabase
    void keepsBothEndsOfARefreshToken(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        node.settle(node.tokens.claimDue(node.id), 200, granted(1).replace("}", ",\"x_refresh_token_hard_expires_in\":157680000}"));
        assertThat(node.connection()).isEqualTo(new Connection("oauth2", null, null, "2027-03-01T10:00:00Z", "2031-11-19T10:00:00Z"));
        clock.advance(Duration.ofHours(2));

        node.settle(node.tokens.claimDue(node.id), 200, granted(2));

        assertThat(node.connection().expiresUnlessUsed()).isEqualTo("2027-03-01T12:00:00Z");
        assertThat(node.connection().expires()).as("not told this time").isEqualTo("2031-11-19T10:00:00Z");
    }

    @OnEachDatabase
    void tellsAnOperatorOfEachEndOnceThirtyDaysBefore(TestDatabase kind) {
        var node = new Node(kind);
        node.tokens.keep(node.id, ending(Duration.ofDays(100), Duration.ofDays(400)));
        node.tellEndsAfter(Duration.ofDays(69));
        assertThat(node.told()).isEmpty();

        node.tellEndsAfter(Duration.ofDays(2));
        node.tellEndsAfter(Duration.ofDays(1));
        assertThat(node.told()).singleElement().asString().startsWith("reconnect-soon: ").contains("on 2027-02-28", "could not be renewed");

        node.settle(node.tokens.claimDue(node.id), 200, granted(1).replace("}", ",\"x_refresh_token_hard_expires_in\":1000000}"));
        node.tellEndsAfter(Duration.ofHours(2));
        node.settle(node.tokens.claimDue(node.id), 200, granted(2).replace("}", ",\"x_refresh_token_hard_expires_in\":992799}"));
        node.tellEndsAfter(Duration.ofHours(1));
        assertThat(node.told()).as("the same end, a second earlier").hasSize(2)
                .last().asString().contains("no token live longer", "providerData.code");

        node.tokens.keep(node.id, pair(9));
        assertThat(node.told()).hasSize(3).last().asString().startsWith("connected-again: ");
    }

    @OnEachDatabase
    void tellsOfAnEndOnceOnTwoNodes(TestDatabase kind) throws Exception {
        var node = new Node(kind);
        node.tokens.keep(node.id, ending(Duration.ofDays(20), Duration.ofDays(400)));
        var threads = Executors.newFixedThreadPool(4);

        for (var each : threads.invokeAll(Collections.<Callable<Void>>nCopies(4, () -> node.tellEndsAfter(Duration.ZERO)))) {
            each.get();
        }
        threads.shutdown();

        assertThat(node.told()).hasSize(1);
    }

    @OnEachDatabase
    void signsWithATokenOfOAuth1UntilItIsRefused(TestDatabase kind) {
        var node = new Node(kind);
        node.tokens.keep(node.id, TokenPair.signing("token", "token-secret", Duration.ofDays(180)));
        clock.advance(Duration.ofDays(2));
        assertThat(node.tokens.claimDue(node.id)).isNull();
        var bearer = node.tokens.bearer(node.id);
        assertThat(bearer.authorization("GET", "https://x/v3?query=a%20b")).startsWith("OAuth ")
                .contains("oauth_token=\"token\"", "oauth_signature_method=\"HMAC-SHA1\"").doesNotContain("token-secret");
        assertThat(bearer.toString()).doesNotContain("token-secret");
        assertThat(node.connection()).isEqualTo(new Connection("oauth1", null, null, null, "2027-05-19T08:00:00Z"));

        assertThatThrownBy(() -> node.tokens.claimAfter(node.id, bearer))
                .isInstanceOf(ReconnectNeeded.class).hasMessageContaining("providerData.oauth_token, oauth_verifier and secret");
        assertThat(node.told()).singleElement().asString().startsWith("reconnect-needed: ");
    }

    @OnEachDatabase
    void takesASiblingsSuccessorInsteadOfEnding(TestDatabase kind) {
        var node = new Node(kind);
        clock.advance(Duration.ofHours(2));
        var refresh = node.tokens.claimDue(node.id);
        node.tokens.keep(node.id, pair(5));

        node.settle(refresh, 400, "{\"error\":\"invalid_grant\"}");

        assertThat(node.tokens.bearer(node.id)).isEqualTo(new BearerToken("access-5", 2));
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
        assertThatThrownBy(() -> node.settle(refresh, 200, null))
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

        assertThat(node.tokens.bearer(node.id)).isEqualTo(new BearerToken("access-1", 2));
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
        return TokenPair.bearing("access-" + number, "refresh-" + number, Duration.ofHours(1), Optional.empty(), Optional.empty());
    }

    private static TokenPair ending(Duration unlessUsed, Duration anyway) {
        return TokenPair.bearing("access-1", "refresh-1", Duration.ofHours(1), Optional.of(unlessUsed), Optional.of(anyway));
    }

    private static String granted(int number) {
        return """
                {"token_type":"bearer","access_token":"access-%d","expires_in":3600,"refresh_token":"refresh-%d",
                 "x_refresh_token_expires_in":8726400}""".formatted(number, number);
    }

    /** One process on a database with one instance whose tokens are an hour good. */
    private final class Node {

        final JdbcClient database;
        final TransactionTemplate transaction;
        final String url;
        final Instances instances;
        final Tokens tokens;
        final long id;

        Node(TestDatabase kind) {
            url = kind.freshUrl();
            var source = kind.fresh(url);
            database = JdbcClient.create(source);
            transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
            instances = Sample.instances(database, clock);
            tokens = tokens();
            id = Sample.create(instances, Map.of("oauth.api.key", "k", "oauth.api.secret", "s"));
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
            return new Tokens(new TokenRows(database, Sample.ENCRYPTION), instances, new OAuthMessages(INTUIT),
                    new OAuth1Signer(clock), new OperatorEvents(database, clock), transaction, clock, Sample.place(url));
        }

        Void tellEndsAfter(Duration time) {
            clock.advance(time);
            connections().tellEnds();
            return null;
        }

        Connection connection() {
            return connections().of(List.of(id)).get(id);
        }

        Connections connections() {
            return new Connections(new TokenRows(database, Sample.ENCRYPTION), new OperatorEvents(database, clock), transaction, clock);
        }

        /** What an operator was told, each as {@code kind: message}. */
        List<String> told() {
            return database.sql("select kind, message from operator_event where instance_id = ? order by id").param(id)
                    .query((row, number) -> row.getString(1) + ": " + row.getString(2)).list();
        }
    }
}
