// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.sun.net.httpserver.HttpHandler;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * QuickBooks Online over real HTTP, with Intuit's paths, words, limits and moods, for any number of companies.
 * {@code new QuickBooksSimulator(MovableClock.running())}
 */
public final class QuickBooksSimulator implements AutoCloseable {

    private final Clock clock;
    private final String host;
    private final Limits limits;
    private final Meter meter;
    private final Gateway gateway;
    private final Connections connections;
    private final OAuth1 oauth1;
    private final Webhooks webhooks;
    private final LocalServer server;
    private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>();
    private final Hooks hooks = new Hooks();
    private final Cdc cdc = new Cdc();
    private volatile String chosenRealm = "9130350000000001";

    /** Listens on a free port of the loopback address and takes any client id and secret. */
    public QuickBooksSimulator(Clock clock) {
        this(clock, "127.0.0.1", 0, Optional.empty());
    }

    public QuickBooksSimulator(Clock clock, int port) {
        this(clock, "127.0.0.1", port, Optional.empty());
    }

    /** @param onlyClient {@code id:secret}, when no other is to be taken */
    public QuickBooksSimulator(Clock clock, String host, int port, Optional<String> onlyClient) {
        this.clock = clock;
        this.host = host;
        this.limits = new Limits(clock instanceof MovableClock movable ? movable::flowing : clock::instant);
        this.meter = new Meter(clock);
        this.gateway = new Gateway(clock, limits, meter);
        this.connections = new Connections(clock);
        this.oauth1 = new OAuth1(clock, () -> chosenRealm);
        this.webhooks = new Webhooks(clock);
        var oldTokens = new OAuth1Handler(clock, gateway, oauth1);
        var tokens = new TokenHandler(clock, gateway, connections, onlyClient);
        this.server = new LocalServer(host, port)
                .on("/v3/company/", new CompanyHandler(clock, gateway, connections, oauth1, this::ledger, cdc, hooks))
                .on("/oauth2/v1/tokens/bearer", tokens)
                .on("/v2/oauth2/tokens/revoke", tokens)
                .on("/oauth/v1/", oldTokens)
                .on("/Connect/Begin", oldTokens)
                .on("/connect/oauth2", new AuthorizeHandler(connections, () -> chosenRealm))
                .start();
    }

    /** The company's books, empty when it is named for the first time. */
    public Ledger ledger(String realmId) {
        return ledgers.computeIfAbsent(
                realmId, each -> new Ledger(clock).onChange(change -> webhooks.tell(each, change)));
    }

    /** A code as it would have come to the redirect URI; whatever redirect URI is given with it is taken. */
    public String authorize(String realmId) {
        return connections.code(realmId, Optional.empty());
    }

    /** Which company a user picks at the authorize URL from now on. */
    public QuickBooksSimulator choosing(String realmId) {
        chosenRealm = realmId;
        return this;
    }

    /** A good access token without the way there, for calls made by hand. */
    public String accessToken(String realmId) {
        return connections.accessTokenByHand(realmId);
    }

    /** Every access and refresh token that was ever given out. */
    public Set<String> tokensGiven() {
        return connections.tokensGiven();
    }

    /** OAuth 1.0 is offered to this application: both sides have to know its secret. */
    public QuickBooksSimulator signedBy(String key, String secret) {
        oauth1.register(key, secret);
        return this;
    }

    /** The user disconnects the app inside QuickBooks. */
    public void disconnect(String realmId) {
        connections.revokeAll(realmId);
        oauth1.revokeAll(realmId);
    }

    /** The refresh token that a service has to have stored now. */
    public Optional<String> currentRefreshToken(String realmId) {
        return connections.currentRefreshToken(realmId);
    }

    /** A new refresh token with every refresh instead of every 24 hours. */
    public QuickBooksSimulator rotatingAlways() {
        connections.rotateAlways(true);
        return this;
    }

    /** Using a replaced refresh token is refused, but does not end the connection. */
    public QuickBooksSimulator forgivingReuse() {
        connections.reuseEndsAll(false);
        return this;
    }

    public ActiveFault fail(Fault fault) {
        return gateway.add(fault);
    }

    public void clearFaults() {
        gateway.clearFaults();
        cdc.clearFaults();
    }

    /** Runs when a page has been read from the ledger, before it is sent: what it changes, the next page sees. */
    public QuickBooksSimulator afterQuery(Consumer<ServedQuery> hook) {
        hooks.onQuery(hook);
        return this;
    }

    /** Runs when the changes have been read from the ledger, before they are sent. */
    public QuickBooksSimulator afterCdc(Consumer<ServedCdc> hook) {
        hooks.onCdc(hook);
        return this;
    }

    /** How change data capture answers. */
    public Cdc cdc() {
        return cdc;
    }

    public Webhooks webhooks() {
        return webhooks;
    }

    public Limits limits() {
        return limits;
    }

    /** What Intuit would charge for, and its monthly block. */
    public Meter meter() {
        return meter;
    }

    public Calls calls() {
        return gateway.calls();
    }

    public Instant now() {
        return clock.instant();
    }

    public int port() {
        return server.port();
    }

    /** Without {@code /v3}. */
    public String apiUrl() {
        return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port();
    }

    public String tokenUrl() {
        return apiUrl() + "/oauth2/v1/tokens/bearer";
    }

    public String revokeUrl() {
        return apiUrl() + "/v2/oauth2/tokens/revoke";
    }

    public String requestTokenUrl() {
        return apiUrl() + "/oauth/v1/get_request_token";
    }

    public String accessTokenUrl() {
        return apiUrl() + "/oauth/v1/get_access_token";
    }

    /** Of OAuth 1.0. */
    public String beginUrl() {
        return apiUrl() + "/Connect/Begin";
    }

    public String authorizeUrl() {
        return apiUrl() + "/connect/oauth2";
    }

    @Override
    public void close() {
        webhooks.close();
        gateway.clearFaults();
        server.close();
    }

    void on(String path, HttpHandler handler) {
        server.on(path, handler);
    }
}
