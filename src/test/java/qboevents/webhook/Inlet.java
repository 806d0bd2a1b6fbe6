// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.event.Changes;
import qboevents.event.Events;
import qboevents.event.Operation;
import qboevents.resource.Resources;
import qboevents.testing.TestService;

/** What one POST of Intuit's hands in for one instance: {@code new Inlet(service, 1000).word("invoices", "7", "updated", at)}. */
public final class Inlet {

    private final TestService service;
    private final long instanceId;
    private final List<Unread> unread = new ArrayList<>();

    public Inlet(TestService service, long instanceId) {
        this.service = service;
        this.instanceId = instanceId;
    }

    public Inlet word(String resource, String id, String operation, Instant time) {
        unread.add(unread(resource, id, operation, time));
        return this;
    }

    /** Returns when it is on disk. */
    public void keep() {
        service.bean(UnreadChanges.class).keep(List.copyOf(unread));
    }

    /** A deletion needs no record. */
    public void deleted(String resource, String id, Instant time) {
        var change = unread(resource, id, "deleted", time).notice().asChange();
        service.bean(Events.class).keep(List.of(new Changes(instanceId, resource, 20, null, List.of(change))));
    }

    /** The errors of what is not read yet; empty where there was none. */
    public List<String> waiting() {
        return service.bean(JdbcClient.class)
                .sql("select coalesce(last_error, '') from unread_change where instance_id = :instance")
                .param("instance", instanceId)
                .query(String.class)
                .list();
    }

    private Unread unread(String resource, String id, String operation, Instant time) {
        var known = service.bean(Resources.class).named(resource).orElseThrow();
        var element = "{\"specversion\":\"1.0\",\"type\":\"qbo.%s.%s.v1\",\"time\":\"%s\",\"intuitentityid\":\"%s\"}"
                .formatted(known.entity().toLowerCase(Locale.ROOT), operation, time, id);
        return new Unread(instanceId, known, new Notice(
                "", known.entity(), id, Operation.valueOf(operation.toUpperCase(Locale.ROOT)), time, element.getBytes(UTF_8)));
    }
}
