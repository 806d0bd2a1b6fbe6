// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** The API for one caller: what he sends, and all that he is answered. */
public record ApiClient(String base, String authorization) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** With the platform's two secrets. */
    public static ApiClient platform(TestService service) {
        return new ApiClient(service.base(), "User " + TestService.USER_SECRET + ", Organization "
                + TestService.ORGANIZATION_SECRET);
    }

    /** With an instance's token alone. */
    public ApiClient element(String token) {
        return new ApiClient(base, "User " + TestService.USER_SECRET + ", Element " + token);
    }

    public ApiClient withoutAuthorization() {
        return new ApiClient(base, "");
    }

    public record Reply(HttpResponse<String> http) {

        public int status() {
            return http.statusCode();
        }

        public String text() {
            return http.body();
        }

        public JsonNode json() {
            try {
                return JSON.readTree(http.body());
            } catch (IOException e) {
                throw new AssertionError("Not JSON: " + http.body(), e);
            }
        }

        public Optional<String> header(String name) {
            return http.headers().firstValue(name);
        }

        public String message() {
            return json().path("message").asText();
        }
    }

    public Reply get(String path) {
        return send("GET", path, "");
    }

    /** @param path with its query; what a URL cannot hold is encoded */
    public Reply send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(base + encoded(path)))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            return new Reply(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(method + " " + path + " failed", e);
        }
    }

    private static String encoded(String path) {
        return path.replace(" ", "%20").replace("'", "%27").replace(">", "%3E").replace("<", "%3C").replace("|", "%7C")
                .replace("[", "%5B").replace("]", "%5D").replace("\"", "%22").replace("{", "%7B").replace("}", "%7D");
    }
}
