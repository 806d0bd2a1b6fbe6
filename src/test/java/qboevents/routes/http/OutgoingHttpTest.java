// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import qboevents.delivery.DeliverySettings;
import qboevents.http.CallbackAddresses;
import qboevents.http.EndBefore;
import qboevents.http.TooLateToSend;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.Reply;

/** The client that posts to receivers goes where it is sent, and nowhere else. */
class OutgoingHttpTest {

    private static int post(String url) throws IOException {
        return post(new HttpPost(url));
    }

    private static int post(HttpPost request) throws IOException {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("events.delivery", DeliverySettings.class);
        var timer = Executors.newSingleThreadScheduledExecutor();
        var builder = HttpClientBuilder.create();
        new OutgoingHttp().callbackHttp(settings, new CallbackAddresses(true), timer).configureHttpClient(builder);
        try (var client = builder.build()) {
            return client.execute(request, answer -> answer.getCode());
        } finally {
            timer.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) throws IOException {
        try (var first = new CallbackReceiver(); var second = new CallbackReceiver()) {
            first.answer(Reply.redirect(status, second.url()));

            assertThat(post(first.url())).isEqualTo(status);

            assertThat(first.count()).isEqualTo(1);
            assertThat(second.count()).isZero();
        }
    }

    @Test
    void sendsNothingAfterItsTime() throws IOException {
        try (var receiver = new CallbackReceiver()) {
            var late = new HttpPost(receiver.url());
            late.setHeader(EndBefore.HEADER, EndBefore.in(Duration.ofMillis(-1)).header());
            var inTime = new HttpPost(receiver.url());
            inTime.setHeader(EndBefore.HEADER, EndBefore.in(Duration.ofSeconds(10)).header());

            assertThatThrownBy(() -> post(late)).isInstanceOf(TooLateToSend.class);
            assertThat(post(inTime)).isEqualTo(200);

            assertThat(receiver.received()).singleElement()
                    .satisfies(each -> assertThat(each.headers()).doesNotContainKey(EndBefore.HEADER));
        }
    }

    /** What a proxy connects to nobody could check. */
    @Test
    void asksNoProxyOfTheMachine() throws IOException {
        try (var receiver = new CallbackReceiver(); var proxy = new CallbackReceiver()) {
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
            System.setProperty("http.nonProxyHosts", "");

            assertThat(post(receiver.url())).isEqualTo(200);

            assertThat(receiver.count()).isEqualTo(1);
            assertThat(proxy.count()).isZero();
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
            System.clearProperty("http.nonProxyHosts");
        }
    }
}
