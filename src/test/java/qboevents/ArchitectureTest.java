// SPDX-License-Identifier: Apache-2.0
package qboevents;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The floors of the README's "How it works": arrows only point down. */
@AnalyzeClasses(packages = "qboevents", importOptions = {DoNotIncludeTests.class, ArchitectureTest.Written.class})
class ArchitectureTest {

    /** Not what Spring has generated at the last build. */
    static final class Written implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("__") && !location.contains("$$");
        }
    }

    @ArchTest
    static final ArchRule ARROWS_POINT_DOWN = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("observability").definedBy("qboevents.observability..")
            .layer("routes").definedBy("qboevents.routes..")
            .layer("console").definedBy("qboevents.console..")
            .layer("polling").definedBy("qboevents.polling..")
            .layer("webhook").definedBy("qboevents.webhook..")
            .layer("hub").definedBy("qboevents.hub..")
            .layer("log").definedBy("qboevents.log..")
            .layer("quickbooks").definedBy("qboevents.quickbooks..")
            .layer("delivery").definedBy("qboevents.delivery..")
            .layer("budget").definedBy("qboevents.budget..")
            .layer("event").definedBy("qboevents.event..")
            .layer("instance").definedBy("qboevents.instance..")
            .layer("oauth").definedBy("qboevents.oauth..")
            .layer("access").definedBy("qboevents.access..")
            .layer("encryption").definedBy("qboevents.encryption..")
            .layer("operator").definedBy("qboevents.operator..")
            .layer("http").definedBy("qboevents.http..")
            .layer("resource").definedBy("qboevents.resource..")
            .layer("database").definedBy("qboevents.database..")
            .whereLayer("observability").mayNotBeAccessedByAnyLayer()
            .whereLayer("routes").mayNotBeAccessedByAnyLayer()
            .whereLayer("console").mayOnlyBeAccessedByLayers("routes")
            .whereLayer("polling").mayOnlyBeAccessedByLayers("routes")
            .whereLayer("webhook").mayOnlyBeAccessedByLayers("routes")
            .whereLayer("hub").mayOnlyBeAccessedByLayers("routes")
            .whereLayer("quickbooks").mayOnlyBeAccessedByLayers("routes")
            .whereLayer("log").mayOnlyBeAccessedByLayers("routes")
            .whereLayer("delivery").mayOnlyBeAccessedByLayers("routes", "log", "observability")
            .whereLayer("budget").mayOnlyBeAccessedByLayers("routes", "polling", "webhook", "hub", "quickbooks", "observability")
            .whereLayer("event").mayOnlyBeAccessedByLayers(
                    "routes", "polling", "webhook", "hub", "quickbooks", "delivery", "log", "budget")
            .whereLayer("instance").mayOnlyBeAccessedByLayers(
                    "routes", "polling", "webhook", "hub", "delivery", "log", "budget", "oauth", "observability")
            .whereLayer("oauth").mayOnlyBeAccessedByLayers("routes", "hub")
            .whereLayer("access").mayOnlyBeAccessedByLayers("routes", "console", "instance", "observability")
            .whereLayer("encryption").mayOnlyBeAccessedByLayers("oauth", "instance", "access", "delivery")
            .whereLayer("operator").mayOnlyBeAccessedByLayers("routes", "polling", "webhook", "delivery", "oauth", "budget")
            .as("polling, webhook, hub, quickbooks and delivery do not know each other; what one needs of another, a route passes on");

    @ArchTest
    static final ArchRule A_CHECK_TOUCHES_NOTHING_THAT_RUNS = noClasses()
            .that().resideInAnyPackage("qboevents.routes.check..", "qboevents.routes.http..")
            .should().dependOnClassesThat().resideInAPackage("qboevents.routes.live..");

    @ArchTest
    static final ArchRule JAVA_IS_FREE_OF_CAMEL = noClasses()
            .that().resideOutsideOfPackage("qboevents.routes..")
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.camel..")
            .because("routes own the order and the network, Java owns decisions and rows: let a route pass the value in");

    @ArchTest
    static final ArchRule JAVA_CALLS_NOBODY = noClasses()
            .should().dependOnClassesThat().resideInAnyPackage("java.net.http..", "org.springframework.web.client..",
                    "com.github.scribejava.core.httpclient..")
            .because("every call over the network is a step in routes/: add one there");

    @ArchTest
    static final ArchRule THE_CLOCK_IS_A_PARAMETER = noClasses()
            .should().callMethod(java.time.Instant.class, "now")
            .orShould().callMethod(java.time.LocalDate.class, "now")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .because("a test has to be able to move time: take a java.time.Clock in the constructor");
}
