// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An error in QuickBooks' words. The service writes {@code Fault}, the gateway in front of it {@code fault}, and either
 * may answer in XML or HTML although JSON was asked for.
 */
record Problem(
        int status, String code, String message, String detail, String type, Form form, Optional<String> retryAfter) {

    enum Form {
        SERVICE,
        GATEWAY,
        XML,
        HTML
    }

    static Problem service(int status, String code, String message, String detail, String type) {
        return new Problem(status, code, message, detail, type, Form.SERVICE, Optional.empty());
    }

    static Problem unauthenticated(String detail) {
        return gateway(401, "003200", "AuthenticationFailed", detail, "AUTHENTICATION").in(Form.GATEWAY);
    }

    static Problem unauthorized() {
        return gateway(403, "003100", "ApplicationAuthorizationFailed",
                "The application is not authorized for this company", "AuthorizationFault");
    }

    static Problem throttled() {
        return gateway(429, "003001", "ThrottleExceeded", "The request limit was reached.  Try again later", "SERVICE");
    }

    static Problem system(int status) {
        return service(status, "10000", "An application error has occurred while processing your request",
                "System Failure Error: try again later", "SystemFault");
    }

    static Problem notFound(String entity, String id) {
        return service(400, "610", "Object Not Found",
                "Object Not Found : Something you're trying to use has been made inactive. " + entity + " " + id,
                "ValidationFault");
    }

    Problem in(Form other) {
        return new Problem(status, code, message, detail, type, other, retryAfter);
    }

    Problem detailed(String other) {
        return new Problem(status, code, message, other, type, form, retryAfter);
    }

    Problem retryAfter(String value) {
        return new Problem(status, code, message, detail, type, form, Optional.of(value));
    }

    Response response(Instant now) {
        var plain = switch (form) {
            case SERVICE -> Response.json(status, Json.bytes(service(now)));
            case GATEWAY -> Response.json(status, Json.bytes(gateway()))
                    .with("WWW-Authenticate", "Bearer realm=\"Intuit\", error=\"invalid_token\"");
            case XML -> Response.of(status, "application/xml", xml(now));
            case HTML -> Response.of(status, "text/html", html());
        };
        return retryAfter.map(value -> plain.with("Retry-After", value)).orElse(plain);
    }

    /** What stands behind {@code Fault}, wherever the service writes it. */
    ObjectNode fault() {
        var fault = Json.object();
        fault.putArray("Error").addObject()
                .put("Message", message).put("Detail", detail).put("code", code).put("element", "");
        return fault.put("type", type);
    }

    private static Problem gateway(int status, String code, String name, String detail, String type) {
        return service(status, code.substring(2),
                "message=" + name + "; errorCode=" + code + "; statusCode=" + status, detail, type);
    }

    private ObjectNode service(Instant now) {
        return Json.object().<ObjectNode>set("Fault", fault()).put("time", PacificTime.millis(now));
    }

    private ObjectNode gateway() {
        var body = Json.object().putNull("warnings").putNull("intuitObject");
        var fault = body.putObject("fault");
        fault.putArray("error").addObject()
                .put("message", message).put("detail", detail).put("code", code).putNull("element");
        fault.put("type", type);
        Stream.of("report", "queryResponse", "batchItemResponse", "attachableResponse", "syncErrorResponse",
                "requestId", "time", "status", "cdcresponse").forEach(body::putNull);
        return body;
    }

    private String xml(Instant now) {
        return """
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                <IntuitResponse xmlns="http://schema.intuit.com/finance/v3" time="%s">\
                <Fault type="%s"><Error code="%s"><Message>%s</Message><Detail>%s</Detail></Error></Fault>\
                </IntuitResponse>""".formatted(PacificTime.millis(now), type, code, message, detail);
    }

    private String html() {
        return "<html><head><title>%1$d</title></head><body><h1>%1$d</h1><p>%2$s</p></body></html>"
                .formatted(status, detail);
    }
}
