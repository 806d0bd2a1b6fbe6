// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import qboevents.Application;
import qboevents.resource.Resources;
import qboevents.testing.TestDatabase;

/** The shipped routes with Camel's own test kit: what a timer's tick leads to, without QuickBooks. */
@CamelSpringBootTest
@SpringBootTest(classes = Application.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@UseAdviceWith
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD) // Spring would keep the last one until the JVM ends
class DoorsTest {

    /** QuickBooks hides the inactive records of these unless it is asked for them. */
    private static final Set<String> LISTS = Set.of(
            "classes", "credit-terms", "currencies", "customers", "employees", "ledger-accounts", "payment-methods",
            "products", "tax-codes", "tax-rates", "vendors");

    @Autowired
    private CamelContext context;

    @Autowired
    private ProducerTemplate template;

    @Autowired
    private Resources resources;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", TestDatabase.H2::freshUrl);
    }

    @Test
    void sendsEachTimerThroughTheDoorOfItsKind() throws Exception {
        AdviceWith.adviceWith(context, "poll", route -> route.weaveAddFirst().to("mock:transactions").stop());
        AdviceWith.adviceWith(context, "poll-by-query", route -> route.weaveAddFirst().to("mock:transactions").stop());
        AdviceWith.adviceWith(context, "poll-list", route -> route.weaveAddFirst().to("mock:lists").stop());
        AdviceWith.adviceWith(context, "poll-list-daily", route -> route.weaveAddFirst().to("mock:lists").stop());
        for (var name : resources.names()) {
            AdviceWith.adviceWith(context, name, route -> route.replaceFromWith("direct:tick-" + name));
        }
        context.start();
        var lists = context.getEndpoint("mock:lists", MockEndpoint.class);
        var transactions = context.getEndpoint("mock:transactions", MockEndpoint.class);
        lists.expectedMinimumMessageCount(LISTS.size());
        transactions.expectedMinimumMessageCount(resources.names().size() - LISTS.size());

        for (var name : resources.names()) {
            template.sendBody("direct:tick-" + name, "");
        }

        MockEndpoint.assertIsSatisfied(10, TimeUnit.SECONDS, lists, transactions);
        assertThat(resources.names()).hasSize(22);
        assertThat(lists.getExchanges()).extracting(Exchange::getFromRouteId).containsOnly(LISTS.toArray(String[]::new));
        assertThat(lists.getExchanges()).extracting(Exchange::getFromRouteId).containsAll(LISTS);
        assertThat(transactions.getExchanges()).extracting(Exchange::getFromRouteId).doesNotContainAnyElementsOf(LISTS);
    }

    /** On the queue they would run in another thread, while the caller still reads what they close. */
    @Test
    void leavesTheCallersCompletionsToTheCallerWhenItWakesDeliveries() {
        context.start();
        var woken = new NotifyBuilder(context).fromRoute("due-deliveries").whenDone(1).create();
        var completedBy = new AtomicReference<Thread>();

        template.send("direct:look", exchange -> exchange.getExchangeExtension()
                .addOnCompletion(new SynchronizationAdapter() {
                    @Override
                    public void onDone(Exchange done) {
                        completedBy.set(Thread.currentThread());
                    }
                }));

        assertThat(woken.matches(10, TimeUnit.SECONDS)).isTrue();
        assertThat(completedBy).hasValue(Thread.currentThread());
    }
}
