// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Something that goes wrong: with every call to the company API until it is cleared, unless said otherwise.
 * {@code Fault.throttled().withRetryAfter("60").forRealm("42").times(3)}
 */
public final class Fault {

    private final Effect effect;
    private final Optional<Problem> problem;
    private final Predicate<Call> door;
    private final Predicate<Call> scope;
    private final long times;

    private Fault(Effect effect, Optional<Problem> problem, Predicate<Call> door, Predicate<Call> scope, long times) {
        this.effect = effect;
        this.problem = problem;
        this.door = door;
        this.scope = scope;
        this.times = times;
    }

    /** 401 from the gateway: the token is not taken although it is good. */
    public static Fault unauthorized() {
        return of(Problem.unauthenticated("Token expired: the token has been revoked"));
    }

    /** 403 with code 3100. */
    public static Fault forbidden() {
        return of(Problem.unauthorized());
    }

    /** 429 with code 3001, without Retry-After. */
    public static Fault throttled() {
        return of(Problem.throttled());
    }

    /** 500, 502, 503, 504 …, in JSON. */
    public static Fault status(int status) {
        return of(Problem.system(status));
    }

    /** Any error of the service, such as 400 and 6190. */
    public static Fault error(int status, String code, String message) {
        return of(Problem.service(status, code, message, message, "ValidationFault"));
    }

    /** A status of 200, and a Fault inside. */
    public static Fault faultInOk() {
        return status(200);
    }

    /** A status of 200, and a web page. */
    public static Fault htmlInOk() {
        return status(200).inHtml();
    }

    public static Fault body(int status, String contentType, String body) {
        return of(Effects.response(Response.of(status, contentType, body)));
    }

    /** The connection ends where the honest body is half sent; its length has been announced. */
    public static Fault halfBody() {
        return of(Effects.half(false));
    }

    /** The same with a chunked body: it ends between two chunks. */
    public static Fault cutChunks() {
        return of(Effects.half(true));
    }

    /** The connection ends before a byte is answered, and nothing has been done. */
    public static Fault reset() {
        return of((call, real, now, cleared) -> Answer.CUT);
    }

    /** All is done as asked, but the connection ends before a byte is answered. */
    public static Fault lostAnswer() {
        return of(Effects.lost());
    }

    /** A correct answer to a query or a call for changes, at least this long. */
    public static Fault hugeBody(long bytes) {
        return of(Effects.huge(bytes));
    }

    /** No answer until the fault is cleared, then a cut connection. */
    public static Fault hang() {
        return of(Effects.hang());
    }

    /** The honest answer, but late by this much real time. */
    public static Fault slow(Duration delay) {
        return of(Effects.slow(delay));
    }

    public static Fault withoutTime() {
        return of(Effects.withoutTime());
    }

    /** The honest answer, but with this for QuickBooks' clock. */
    public static Fault withTime(Instant time) {
        return of(Effects.withTime(time));
    }

    /** One record spoils every query that would show it: a 500 with code 10000 instead of the page. */
    public static Fault poisoned(String entity, String id) {
        return of(Effects.poisoned(entity, id)).forEntity(entity);
    }

    /** The token endpoint's 400 for a refresh token that is good. */
    public static Fault invalidGrant() {
        return of(Effects.response(OAuthException.invalidGrant().response())).onTokenEndpoint();
    }

    public Fault inXml() {
        return in(Problem.Form.XML);
    }

    public Fault inHtml() {
        return in(Problem.Form.HTML);
    }

    /** Seconds or an HTTP date. */
    public Fault withRetryAfter(String value) {
        return explained(explained().retryAfter(value));
    }

    public Fault forRealm(String realmId) {
        return when(call -> call.realmId().equals(realmId));
    }

    /** Calls for changes that ask for several fail when this is one of them. */
    public Fault forEntity(String entity) {
        return when(call -> call.entities().contains(entity));
    }

    public Fault onlyFor(Call.Kind kind) {
        return when(call -> call.kind() == kind);
    }

    /** Narrows the scope further. */
    public Fault when(Predicate<Call> condition) {
        return new Fault(effect, problem, door, scope.and(condition), times);
    }

    /** Instead of the company API. */
    public Fault onTokenEndpoint() {
        return new Fault(effect, problem, call -> call.kind() == Call.Kind.TOKEN, scope, times);
    }

    public Fault onRevokeEndpoint() {
        return new Fault(effect, problem, call -> call.kind() == Call.Kind.REVOKE, scope, times);
    }

    public Fault once() {
        return times(1);
    }

    public Fault times(long calls) {
        return new Fault(effect, problem, door, scope, calls);
    }

    Effect effect() {
        return effect;
    }

    boolean covers(Call call) {
        return door.test(call) && scope.test(call);
    }

    long times() {
        return times;
    }

    private static Fault of(Problem problem) {
        return of(always(problem)).explained(problem);
    }

    private static Fault of(Effect effect) {
        return new Fault(effect, Optional.empty(), Call::isApi, call -> true, Long.MAX_VALUE);
    }

    private static Effect always(Problem problem) {
        return (call, real, now, cleared) -> problem.response(now);
    }

    private Fault in(Problem.Form form) {
        return explained(explained().in(form));
    }

    private Problem explained() {
        return problem.orElseThrow(() -> new IllegalStateException("This fault has no body of its own"));
    }

    private Fault explained(Problem other) {
        return new Fault(always(other), Optional.of(other), door, scope, times);
    }
}
