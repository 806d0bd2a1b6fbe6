// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.util.stream.Stream;
import qboevents.simulator.Fault;

/**
 * One way for QuickBooks to misbehave with one resource of one company.
 *
 * @param words what an operator reads about it
 */
record Trouble(String name, Fault fault, String words) {

    static Stream<Trouble> all() {
        return Stream.of(
                new Trouble("401 that stays", Fault.unauthorized(), "answered 401"),
                new Trouble("403", Fault.forbidden(), "answered 403: 3100"),
                new Trouble("400", Fault.error(400, "6190", "Subscription period has ended"), "6190 - Subscription period"),
                new Trouble("500 in JSON", Fault.status(500), "answered 500: 10000"),
                new Trouble("500 in XML", Fault.status(500).inXml(), "answered 500: "),
                new Trouble("502 in HTML", Fault.status(502).inHtml(), "answered 502: "),
                new Trouble("503 in XML", Fault.status(503).inXml(), "answered 503: "),
                new Trouble("503 with Retry-After", Fault.status(503).withRetryAfter("30"), "answered 503: "),
                new Trouble("504 in HTML", Fault.status(504).inHtml(), "answered 504: "),
                new Trouble("HTML in 200", Fault.htmlInOk(), "answered 200 with what is not JSON"),
                new Trouble("XML in 200", Fault.status(200).inXml(), "answered 200 with what is not JSON"),
                new Trouble("Fault in 200", Fault.faultInOk(), "answered 200 with a Fault: 10000"),
                new Trouble("nothing in 200", Fault.body(200, "application/json", ""), "without a QueryResponse"),
                new Trouble("something else in 200", Fault.body(200, "application/json", "[1]"), "not the answer to a query"),
                new Trouble("half a body", Fault.halfBody(), "broke off"),
                new Trouble("half a body in chunks", Fault.cutChunks(), "broke off"),
                new Trouble("reset", Fault.reset(), "closed the connection before it answered"),
                new Trouble("lost answer", Fault.lostAnswer(), "closed the connection before it answered"),
                new Trouble("no answer", Fault.hang(), "did not answer in time"));
    }

    @Override
    public String toString() {
        return name;
    }
}
