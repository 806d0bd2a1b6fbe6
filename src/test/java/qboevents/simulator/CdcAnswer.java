// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code {"CDCResponse":[{"QueryResponse":[…]}],"time":…}} as bytes. */
final class CdcAnswer {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    private final boolean totalOfEachGroup;
    private final List<CdcGroup> groups = new ArrayList<>();
    private final Map<CdcFault.Place, List<Problem>> elsewhere = new EnumMap<>(CdcFault.Place.class);

    CdcAnswer(boolean totalOfEachGroup) {
        this.totalOfEachGroup = totalOfEachGroup;
    }

    void add(CdcGroup group) {
        groups.add(group);
    }

    void add(Entity entity, CdcFault fault) {
        var problem = fault.about(entity);
        if (fault.place() == CdcFault.Place.GROUP) {
            groups.add(CdcGroup.failed(entity, problem));
        } else {
            elsewhere.computeIfAbsent(fault.place(), place -> new ArrayList<>()).add(problem);
        }
    }

    Response response(Instant now) {
        text("{\"CDCResponse\":[{");
        if (elsewhere.containsKey(CdcFault.Place.INSTEAD)) {
            fault(elsewhere.get(CdcFault.Place.INSTEAD).get(0));
        } else {
            whole();
        }
        text("}],\"time\":\"" + PacificTime.millis(now) + "\"}");
        return Response.json(200, out.toByteArray());
    }

    private void whole() {
        text("\"QueryResponse\":[");
        groups();
        text("]");
        // A name stands once in a JSON object, so of several failures here only the first is told.
        elsewhere.getOrDefault(CdcFault.Place.ANSWER, List.of()).stream().limit(1).forEach(problem -> {
            text(",");
            fault(problem);
        });
        elsewhere.getOrDefault(CdcFault.Place.OWN_ANSWER, List.of()).forEach(problem -> {
            text("},{");
            fault(problem);
        });
    }

    private void groups() {
        var left = groups.stream().mapToInt(CdcGroup::size).sum();
        var total = left;
        text("{");
        for (var i = 0; i < groups.size(); i++) {
            text(i == 0 ? "" : "},{");
            var group = groups.get(i);
            group.problem().ifPresent(this::fault);
            if (group.size() > 0) {
                left -= group.size();
                group(group);
                text(totalOfEachGroup ? total(group.size()) : left == 0 ? total(total) : "");
            }
        }
        text("}");
    }

    private void group(CdcGroup group) {
        text("\"" + group.entity().name() + "\":[");
        for (var i = 0; i < group.size(); i++) {
            text(i == 0 ? "" : ",");
            group.objects().get(i).write(out);
        }
        text("],\"startPosition\":1,\"maxResults\":" + group.size());
    }

    private static String total(int count) {
        return ",\"totalCount\":" + count;
    }

    private void fault(Problem problem) {
        text("\"Fault\":" + new String(Json.bytes(problem.fault()), UTF_8));
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(UTF_8));
    }
}
