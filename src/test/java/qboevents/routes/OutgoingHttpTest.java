// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.Reply;

/** The client that posts to receivers goes where it is sent, and nowhere else. */
class OutgoingHttpTest {

    private static int post(String url) throws IOException {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("events.delivery", DeliverySettings.class);
        var timer = Executors.newSingleThreadScheduledExecutor();
        var builder = HttpClientBuilder.create();
        new OutgoingHttp().callbackHttp(settings, new CallbackAddresses(true), timer).configureHttpClient(builder);
        try (var client = builder.build()) {
            return client.execute(new HttpPost(url), answer -> answer.getCode());
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
