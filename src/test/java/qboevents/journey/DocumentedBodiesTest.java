// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.testing.ApiClient;
import qboevents.testing.ApiClient.Reply;
import qboevents.testing.TestDatabase;

/** The bodies of Open Connectors' page on QuickBooks Online events, as they are printed there and as they are meant. */
class DocumentedBodiesTest {

    private static final String PRINTED = """
            {
              "element": {
                "key": "quickbooks"
              },
              "providerData": {
                "code": "CODE",
                "realmId": "4620816365"
              },
              "configuration": {
                "oauth.callback.url": "https;//mycoolapp.com",
                "oauth.api.key": "xxxxxxxxxxxxxxxxxx",
                "oauth.api.secret": "a-secret-of-the-app"
                "authentication.type" : "oauth2",
                "scope" : "com.intuit.quickbooks.accounting openid profile email phone address",
                "event.notification.enabled": true,
                "event.vendor.type": "polling",
                "event.notification.callback.url": "https://api.cloud-elements.com/elements/api-v2/events/quickbooks/",
                "event.notification.signature.key": "xxxxxxxxxxxxxxxxxxxxxx",
                "event.poller.refresh_interval": "15",
                "event.poller.urls": "bill-paymentsbillsclassescredit-memoscredit-termscurrenciescustomersemployeesinvoices\
            journal-entriesledger-accountspayment-methodspaymentsproductspurchase-ordersrefund-receiptssales-receiptstax-codes\
            tax-ratestime-activitiesvendor-creditsvendors"
                },
              "tags": [
                "Docs"
              ],
              "name": "API Instance"
            }""";

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @Test
    void tellsWhereTheCommaIsMissing() {
        var answer = post(PRINTED);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo(
                "The body is not JSON: line 13, column 5: found \" where a comma, or the end of the object, belongs");
    }

    @Test
    void tellsWhereABraceIsOneTooMany() {
        var answer = post(whole() + "\n}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith("The body is not JSON: line 27, column 1: a closing bracket");
    }

    @Test
    void tellsThatTheCallbackIsNotTheReceivers() {
        assertThat(post(whole()).message()).contains("event.notification.callback.url is the inlet for Intuit's webhooks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "webhook", "webhooks"})
    void connectsWithWhatIsMeant(String type) {
        var answer = post(whole().replace("\"polling\"", "\"" + type + "\"")
                .replace("https://api.cloud-elements.com/elements/api-v2/events/quickbooks/", scene.receiver.url())
                .replace("CODE", scene.quickBooks.authorize("4620816365")));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var records = ApiClient.platform(scene.service())
                .get("/instances/" + answer.json().get("id").asLong() + "/event-poller-records");
        assertThat(records.json()).hasSize(type.equals("polling") ? 22 : 0);
    }

    private static String whole() {
        return PRINTED.replace("\"a-secret-of-the-app\"", "\"a-secret-of-the-app\",");
    }

    private static Reply post(String body) {
        return ApiClient.platform(scene.service()).send("POST", "/instances", body);
    }
}
