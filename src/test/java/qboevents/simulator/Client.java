// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** A plain HTTP client of the simulator, for its own tests. */
final class Client {

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final QuickBooksSimulator simulator;
    private final String realmId;
    private String token;

    Client(QuickBooksSimulator simulator, String realmId) {
        this.simulator = simulator;
        this.realmId = realmId;
        this.token = simulator.accessToken(realmId);
    }

    Client withToken(String other) {
        token = other;
        return this;
    }

    HttpResponse<String> query(String statement) throws IOException, InterruptedException {
        return get("/query?query=" + URLEncoder.encode(statement, UTF_8));
    }

    JsonNode rows(String statement) throws IOException, InterruptedException {
        return json(query(statement)).path("QueryResponse");
    }

    HttpResponse<String> cdc(String entities, String changedSince) throws IOException, InterruptedException {
        return get("/cdc?entities=" + URLEncoder.encode(entities, UTF_8)
                + "&changedSince=" + URLEncoder.encode(changedSince, UTF_8) + "&minorversion=75");
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(api(path).GET(), BodyHandlers.ofString());
    }

    HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.apiUrl() + "/v3/company/" + realmId + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> token(String client, Map<String, String> form) throws IOException, InterruptedException {
        return send(tokenRequest(client, form), BodyHandlers.ofString());
    }

    HttpRequest.Builder tokenRequest(String client, Map<String, String> form) {
        return post(simulator.tokenUrl(), client, form);
    }

    HttpRequest.Builder post(String url, String client, Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(client.getBytes(UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> as)
            throws IOException, InterruptedException {
        return http.send(request.build(), as);
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.read(response.body().getBytes(UTF_8));
    }
}
