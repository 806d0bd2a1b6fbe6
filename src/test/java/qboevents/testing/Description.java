// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import qboevents.testing.ApiClient.Reply;

/** An OpenAPI document, and whether what happens is what it says. */
public record Description(JsonNode document) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    /** @param route that answers it, by its id */
    public record Operation(String method, String path, String route, JsonNode members) {

        public String line() {
            return method + " " + path;
        }
    }

    public List<Operation> operations() {
        var all = new ArrayList<Operation>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(each -> METHODS.contains(each.getKey()))
                .forEach(each -> all.add(new Operation(each.getKey().toUpperCase(), path.getKey(),
                        each.getValue().path("x-route").asText(each.getValue().get("operationId").asText()), each.getValue()))));
        return all;
    }

    public Operation operation(String line) {
        return operations().stream().filter(each -> each.line().equals(line)).findFirst()
                .orElseThrow(() -> new AssertionError(line + " is not described"));
    }

    /** What of an answer is otherwise than described; nothing: all is as it should be. */
    public List<String> differences(String line, Reply reply) {
        var response = resolved(operation(line).members().path("responses").path(String.valueOf(reply.status())));
        if (response.isMissingNode()) {
            return List.of(line + " does not describe the status " + reply.status() + ": " + reply.text());
        }
        var differences = new ArrayList<String>();
        reply.http().headers().map().keySet().stream()
                .filter(name -> name.toLowerCase().startsWith("elements-") || name.equalsIgnoreCase("Retry-After"))
                .filter(name -> response.path("headers").properties().stream().noneMatch(each -> each.getKey().equalsIgnoreCase(name)))
                .forEach(name -> differences.add(line + " does not describe the header " + name));
        var json = response.path("content").path("application/json");
        if (!json.isMissingNode()) {
            faults(json.get("schema"), reply.json()).forEach(fault -> differences.add(line + " " + reply.status() + ": " + fault));
        }
        return differences;
    }

    /** Of all media types: where its example is not what its schema says. */
    public List<String> falseExamples() {
        var faults = new ArrayList<String>();
        examples(document, "", faults);
        return faults;
    }

    private void examples(JsonNode node, String place, List<String> faults) {
        if (node.has("schema") && node.has("example")) {
            faults(node.get("schema"), node.get("example")).forEach(fault -> faults.add(place + ": " + fault));
        }
        node.properties().forEach(each -> examples(each.getValue(), place + "/" + each.getKey(), faults));
    }

    /** All that is referred to is there. */
    public List<String> deadReferences() {
        return document.findValuesAsText("$ref").stream().distinct()
                .filter(ref -> document.at(ref.substring(1)).isMissingNode()).toList();
    }

    private List<String> faults(JsonNode schema, JsonNode value) {
        var whole = JsonNodeFactory.instance.objectNode();
        whole.set("components", document.get("components"));
        whole.putArray("allOf").add(schema);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole).validate(value).stream()
                .map(ValidationMessage::getMessage).toList();
    }

    private JsonNode resolved(JsonNode node) {
        return Optional.ofNullable(node.get("$ref")).map(ref -> document.at(ref.asText().substring(1))).orElse(node);
    }
}
