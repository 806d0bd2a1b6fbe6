// SPDX-License-Identifier: Apache-2.0
package qboevents.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import qboevents.instance.Instances;
import qboevents.instance.Sample;
import qboevents.testing.TestDatabase;
import qboevents.testing.TokenEndpoint;

/** The refresh as the routes run it, against a token endpoint that answers, refuses, and hangs up. */
@DirtiesContext // or its timers tick until the last test
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AuthorizeRouteTest {

    private static final TokenEndpoint INTUIT = new TokenEndpoint();

    @Autowired
    CamelContext camel;

    @Autowired
    FluentProducerTemplate routes;

    @Autowired
    Instances instances;

    @Autowired
    Tokens tokens;

    @Autowired
    JdbcClient database;

    @Autowired
    HikariDataSource pool;

    private long id;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        var url = TestDatabase.H2.freshUrl();
        settings.add("spring.datasource.url", () -> url);
        settings.add("spring.datasource.hikari.connection-timeout", () -> "500");
        settings.add("quickbooks.oauth2.token-url", INTUIT::url);
        settings.add("quickbooks.api.url", () -> "http://127.0.0.1:9"); // nobody there: only tokens matter here
        settings.add("quickbooks.api.timeout", () -> "1s");
    }

    @AfterAll
    static void close() {
        INTUIT.close();
    }

    @BeforeEach
    void anInstanceWhoseAccessTokenHasExpired() {
        INTUIT.forget();
        id = Sample.create(instances, Map.of("oauth.api.key", "k", "oauth.api.secret", "s"));
        tokens.keep(id, TokenPair.bearing("access-0", "refresh-0", Duration.ofSeconds(1), Optional.empty(), Optional.empty()));
    }

    @Test
    void refreshesAndStoresBeforeItGivesTheToken() throws Exception {
        var exchange = run("direct:authorize", null);

        assertThat(exchange.getVariable("bearer")).isEqualTo(new BearerToken("access-1", 2));
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("Authorization");
        assertThat(INTUIT.requests).containsExactly("grant_type=refresh_token&refresh_token=refresh-0");
    }

    @Test
    void refreshesOnceForARefusedToken() throws Exception {
        var refused = tokens.bearer(id);

        var first = run("direct:reauthorize", refused);
        var second = run("direct:reauthorize", refused);

        assertThat(first.getVariable("bearer")).isEqualTo(second.getVariable("bearer")).isEqualTo(new BearerToken("access-1", 2));
        assertThat(INTUIT.requests).hasSize(1);
    }

    @Test
    void asksOnceForManyThreads() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        var calls = Stream.<Callable<Boolean>>generate(() -> () -> given("direct:authorize")).limit(16).toList();

        for (var call : threads.invokeAll(calls)) {
            call.get();
        }
        threads.shutdown();

        assertThat(INTUIT.requests).hasSize(1);
        assertThat(tokens.bearer(id).version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void knowsALostAnswer(int hangsUpOrSaysNothing) {
        INTUIT.next(hangsUpOrSaysNothing, "");

        assertThatThrownBy(() -> run("direct:authorize", null))
                .isInstanceOf(AuthorizationUnavailable.class).hasMessageContaining("lost");
        assertThat(INTUIT.requests).hasSize(1);
        assertThat(lost()).isTrue();
    }

    /** Nor is that taken for Intuit's silence, after which nothing would be stored. */
    @Test
    void storesTheSuccessorAsSoonAsThereIsAConnectionToTheDatabase() throws Exception {
        var taken = new CompletableFuture<List<Connection>>();
        INTUIT.meanwhile(() -> taken.complete(allConnections()));
        var exchange = camel.getEndpoint("direct:authorize").createExchange();
        exchange.setVariable("instanceId", id);
        var authorizing = routes.to("direct:authorize").withExchange(exchange).asyncSend();

        assertThatThrownBy(() -> authorizing.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        for (var each : taken.get()) {
            each.close();
        }

        throwing(authorizing.get(20, TimeUnit.SECONDS));
        assertThat(exchange.getVariable("bearer")).isEqualTo(new BearerToken("access-1", 2));
        assertThat(lost()).isFalse();
    }

    private List<Connection> allConnections() {
        var all = new ArrayList<Connection>();
        while (all.size() < pool.getMaximumPoolSize()) {
            try {
                all.add(pool.getConnection());
            } catch (SQLException lent) {
                // somebody gives it back
            }
        }
        return all;
    }

    @Test
    void storesTheSuccessorAsSoonAsTheDatabaseIsBack() throws Exception {
        var refresh = tokens.claimDue(id);
        database.sql("alter table oauth_token rename to oauth_token_away").update();
        var exchange = camel.getEndpoint("direct:store-tokens").createExchange();
        exchange.setVariable("refresh", refresh);
        exchange.getMessage().setBody(TokenPair.bearing("access-9", "refresh-9", Duration.ofHours(1), Optional.empty(), Optional.empty()));
        var storing = routes.to("direct:store-tokens").withExchange(exchange).asyncSend();

        assertThatThrownBy(() -> storing.get(700, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        database.sql("alter table oauth_token_away rename to oauth_token").update();

        throwing(storing.get(10, TimeUnit.SECONDS));
        assertThat(tokens.bearer(id)).isEqualTo(new BearerToken("access-9", 2));
    }

    @Test
    void leavesTheCallersErrorHandlerInCharge() {
        INTUIT.next(503, "");
        var exchange = camel.getEndpoint("direct:authorize").createExchange();
        exchange.setVariable("instanceId", id);

        routes.to("direct:authorize").withExchange(exchange).send();

        assertThat(exchange.getException()).isInstanceOf(AuthorizationUnavailable.class);
        assertThat(exchange.getExchangeExtension().isRedeliveryExhausted()).isFalse();
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
        assertThat(exchange.getVariables()).containsOnlyKeys("instanceId");
    }

    @Test
    void knowsARequestThatWasNeverSent() {
        var refresh = tokens.claimDue(id);

        assertThatThrownBy(() -> {
            var exchange = camel.getEndpoint("direct:spend-refresh-token").createExchange();
            exchange.setVariable("refresh", refresh);
            exchange.setVariable("oauthRequest", new OAuthRequest("http://127.0.0.1:1/token", "Basic x", "a=b"));
            throwing(routes.to("direct:spend-refresh-token").withExchange(exchange).send());
        }).isInstanceOf(AuthorizationUnavailable.class).hasMessageContaining("could not be reached");
        assertThat(lost()).isFalse();
    }

    @Test
    void endsWithAReasonWhenTheTokenIsDead() {
        INTUIT.next(400, "{\"error\":\"invalid_grant\"}");

        assertThatThrownBy(() -> run("direct:authorize", null)).isInstanceOf(ReconnectNeeded.class);
        assertThatThrownBy(() -> run("direct:authorize", null)).isInstanceOf(ReconnectNeeded.class);
        assertThat(INTUIT.requests).hasSize(1);
    }

    @Test
    void keepsTheInstanceTogetherWithItsTokensOrNotAtAll() {
        var before = instances.ids().size();
        database.sql("alter table oauth_token rename to oauth_token_away").update();
        try {
            var exchange = camel.getEndpoint("direct:keep-instance").createExchange();
            exchange.setVariable("draft", Sample.draft(Map.of()));
            exchange.setVariable("pair", TokenPair.bearing("a", "r", Duration.ofHours(1), Optional.empty(), Optional.empty()));

            assertThatThrownBy(() -> throwing(routes.to("direct:keep-instance").withExchange(exchange).send()))
                    .isNotNull();
        } finally {
            database.sql("alter table oauth_token_away rename to oauth_token").update();
        }
        assertThat(instances.ids()).hasSize(before);
    }

    @Test
    void usesATokenThatWouldEndUnusedAndTellsOfOneThatCannotBeRenewed() throws Exception {
        tokens.keep(id, ending(Duration.ofDays(20), Duration.ofDays(300)));
        run("direct:keep-connections", null);
        assertThat(INTUIT.requests).containsExactly("grant_type=refresh_token&refresh_token=refresh-0");
        assertThat(told()).isEmpty();

        tokens.keep(id, ending(Duration.ofDays(20), Duration.ofDays(300)));
        INTUIT.next(503, "");
        run("direct:keep-connections", null);
        assertThat(told()).singleElement().asString().contains("could not be renewed");

        tokens.keep(id, ending(Duration.ofDays(20), Duration.ofDays(20)));
        INTUIT.forget();
        run("direct:keep-connections", null);
        assertThat(INTUIT.requests).isEmpty();
        assertThat(told()).last().asString().contains("no token live longer");
    }

    private static TokenPair ending(Duration unlessUsed, Duration anyway) {
        return TokenPair.bearing("access-0", "refresh-0", Duration.ofSeconds(1), Optional.of(unlessUsed), Optional.of(anyway));
    }

    private List<String> told() {
        return database.sql("select message from operator_event where instance_id = ? order by id").param(id)
                .query(String.class).list();
    }

    private boolean lost() {
        return database.sql("select refresh_lost_at is not null from oauth_token where instance_id = ?")
                .param(id).query(Boolean.class).single();
    }

    private boolean given(String route) throws Exception {
        try {
            return run(route, null).getVariable("bearer") != null;
        } catch (RefreshUnderWay e) {
            return false;
        }
    }

    private Exchange run(String route, Bearer refused) throws Exception {
        var exchange = camel.getEndpoint(route).createExchange();
        exchange.setVariable("instanceId", id);
        exchange.setVariable("bearer", refused);
        return throwing(routes.to(route).withExchange(exchange).send());
    }

    private static Exchange throwing(Exchange exchange) throws Exception {
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }
}
