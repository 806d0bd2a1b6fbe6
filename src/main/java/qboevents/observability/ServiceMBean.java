// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.instance.OperatorCalls;

/**
 * What JMX shows of the service, for Hawtio: how all nodes stand, and what an operator can have done. An operation answers
 * with a sentence, also when it is refused: consoles show an exception as a stack trace.
 */
@Component
@ManagedResource(description = "QuickBooks Online events: how all nodes stand, and what can be done. -1: the database does not say")
public class ServiceMBean {

    private static final long UNKNOWN = -1;

    private final Standing standing;
    private final OperatorCalls operator;

    ServiceMBean(Standing standing, OperatorCalls operator) {
        this.standing = standing;
        this.operator = operator;
    }

    @ManagedAttribute(description = "Connected companies")
    public long getInstances() {
        return connected(Connected::instances);
    }

    @ManagedAttribute(description = "Companies whose users have to authorize again")
    public long getReconnectNeeded() {
        return connected(Connected::reconnect);
    }

    @ManagedAttribute(description = "Resources paused after too many failures in a row")
    public long getPausedResources() {
        return connected(Connected::paused);
    }

    @ManagedAttribute(description = "Seconds for which the poll is overdue that is waited for longest")
    public long getOldestPollDueSeconds() {
        var connected = standing.connected();
        return connected == null ? UNKNOWN : standing.age(connected.oldestDue()).toSeconds();
    }

    @ManagedAttribute(description = "Notifications that are due")
    public long getDue() {
        return owed("due");
    }

    @ManagedAttribute(description = "Notifications that were tried, and what waits behind them")
    public long getRetry() {
        return owed("retry");
    }

    @ManagedAttribute(description = "Notifications of instances that get nothing now")
    public long getHeld() {
        return owed("held");
    }

    @ManagedAttribute(description = "Notifications given up until somebody releases them")
    public long getDead() {
        return owed("dead");
    }

    @ManagedOperation(description = "Polls an instance now")
    @ManagedOperationParameter(name = "instanceId", description = "The id of the instance")
    @ManagedOperationParameter(name = "resource", description = "One of its resources, such as bills; empty: all")
    public String poll(long instanceId, @Nullable String resource) {
        return answered(() -> operator.poll(instanceId, resource == null || resource.isBlank() ? null : resource.strip()),
                "Instance " + instanceId + " is polled now");
    }

    @ManagedOperation(description = "Sends what is queued of an instance, the oldest first, and reactivates its subscription")
    @ManagedOperationParameter(name = "instanceId", description = "The id of the instance")
    public String release(long instanceId) {
        return answered(() -> operator.release(instanceId), "What is queued of instance " + instanceId + " is sent");
    }

    @ManagedOperation(description = "Sends an event again, whatever its state")
    @ManagedOperationParameter(name = "instanceId", description = "The id of the instance")
    @ManagedOperationParameter(name = "eventId", description = "message.eventId of the notification")
    public String redeliver(long instanceId, String eventId) {
        return answered(() -> operator.redeliver(instanceId, eventId), "Event " + eventId + " is sent again");
    }

    private static String answered(Runnable call, String done) {
        try {
            call.run();
            return done;
        } catch (ApiException e) {
            return "Refused: " + e.getMessage();
        }
    }

    private long connected(ToLongFunction<Connected> figure) {
        var connected = standing.connected();
        return connected == null ? UNKNOWN : figure.applyAsLong(connected);
    }

    private long owed(String state) {
        var backlog = standing.backlog();
        return backlog == null ? UNKNOWN : backlog.get(state).count();
    }
}
