// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.testing.NewResource.DEPOSITS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.resource.Resource;

class RoutesCheckTest {

    private static final String RESOURCES = "resources.camel.yaml";
    private static final String DOORS = "doors.camel.yaml";

    @TempDir
    private Path path;

    private EditedFolder folder;

    @BeforeEach
    void beginsFromGood() throws IOException {
        folder = EditedFolder.good(path);
    }

    @Test
    void hasNothingToSayAboutAGoodFolder() {
        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void offersAResourceThatIsDroppedBesideTheShippedOnes() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS);

        assertThat(folder.problems()).isEmpty();
        assertThat(folder.resources()).hasSize(23).contains(new Resource("deposits", "Deposit"));
    }

    @Test
    void takesATimerWrittenByAVisualEditor() throws IOException {
        folder.with("deposits.camel.yaml", """
                - route:
                    id: deposits
                    from:
                      uri: quartz
                      parameters:
                        triggerName: Deposit
                        groupName: poll
                        cron: 0 * * * * ?
                      steps:
                        - to:
                            uri: direct
                            parameters:
                              name: poll
                """);

        assertThat(folder.problems()).isEmpty();
        assertThat(folder.resources()).contains(new Resource("deposits", "Deposit"));
    }

    @Test
    void tellsOfATab() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("    from:", "\tfrom:"));

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml:3 has a tab. YAML is indented with spaces.");
    }

    @Test
    void tellsOfBadIndentation() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("    from:", "   from:"));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:3 cannot be read (expected <block end>, but "
                + "found '<block mapping start>'). Look at the indentation and the quotes, here and just above.");
    }

    @Test
    void tellsOfIndentationThatIsYamlButNoRoute() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("      steps:\n        - to", "    steps:\n      - to"));

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml:3 deposits has no steps below its from.",
                "deposits.camel.yaml:7 deposits has steps in the wrong place. Look at the indentation.");
    }

    @Test
    void tellsOfAFileThatIsNoList() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("- route", "  route"));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:1 "
                + "is not a list: every block begins with \"- \", as in \"- route:\".");
    }

    @Test
    void tellsOfAForgottenDash() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS + DEPOSITS.replace("- route", "  route").replace("eposit", "eposits2"));

        assertThat(folder.problems()).contains("deposits.camel.yaml:9 deposits has route twice in one place. Is a dash missing?");
    }

    @Test
    void tellsOfAnEmptyFile() throws IOException {
        folder.with("deposits.camel.yaml", "# later\n");

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml is empty. Remove it, or write a route into it.");
    }

    @Test
    void tellsOfEveryUnknownKey() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("parameters", "parameterz").replace("to: d", "too: d")
                .replace("    id:", "    autoStartupp: false\n    id:"));

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml:2 deposits has the key autoStartupp, which Camel does not know. Did you mean autoStartup?",
                "deposits.camel.yaml:5 deposits has no cron, so it would tick every second.",
                "deposits.camel.yaml:6 deposits has the key parameterz, which Camel does not know. Did you mean parameters?",
                "deposits.camel.yaml:9 deposits has the key too, which Camel does not know. Did you mean to?");
    }

    @Test
    void tellsOfAnUnknownOption() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("cron:", "cron: 0 * * * * ?\n        statful:"));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:7 deposits "
                + "gives quartz the option statful, which it does not have. Did you mean stateful?");
    }

    @Test
    void tellsOfAMisspeltCronBothHalves() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("cron:", "cronn:"));

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml:4 deposits has no cron, so it would tick every second.",
                "deposits.camel.yaml:6 deposits gives quartz the option cronn, which it does not have. Did you mean cron?");
    }

    @Test
    void tellsOfAnUnknownOptionInAQueryString() throws IOException {
        folder.replace(DOORS, "uri: seda:later", "uri: seda:later?sise=10");

        assertThat(folder.problems()).containsExactly("doors.camel.yaml:%d poll ".formatted(folder.line(DOORS, "sise"))
                + "gives seda the option sise, which it does not have. Did you mean size?");
    }

    @Test
    void tellsOfAnUnknownComponent() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("direct:poll", "dirct:poll"));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:8 deposits "
                + "uses dirct:, which is no component that Camel has here.");
    }

    @Test
    void tellsOfAnExceptionThatIsNoClass() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("        - to: direct:poll", """
                        - doTry:
                            steps:
                              - to: direct:poll
                            doCatch:
                              - exception: [java.io.IOException, java.io.IOExeption]
                                steps: [{ log: failed }]""".indent(8).stripTrailing()));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:12 deposits waits for java.io.IOExeption, which is no class here.");
    }

    @Test
    void tellsOfABadCron() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("{{events.polling.tick}}", "every minute"));

        assertThat(folder.problems()).singleElement().asString()
                .startsWith("deposits.camel.yaml:6 deposits has the cron \"every minute\", which cannot be read: ");
    }

    @Test
    void tellsOfAnUnknownProperty() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("polling.tick", "polling.tikc"));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:6 deposits "
                + "asks for {{events.polling.tikc}}, which no setting gives.");
    }

    @Test
    void leavesADefaultAndAnOptionalPropertyAlone() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("{{events.polling.tick}}", "{{deposits.tick:0 * * * * ?}}")
                .replace("      steps", "        stateful: \"{{?deposits.stateful}}\"\n      steps"));

        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void tellsOfAnIdUsedTwiceWithBothPlaces() throws IOException {
        folder.with("new.camel.yaml", DEPOSITS.replace("deposits", "bills"));

        assertThat(folder.problems()).containsExactly("resources.camel.yaml:%d bills has the same id as the route at new.camel.yaml:2."
                .formatted(folder.line(RESOURCES, "id: bills")));
    }

    @Test
    void tellsOfAnEntityPolledTwiceWithBothPlaces() throws IOException {
        folder.with("new.camel.yaml", DEPOSITS.replace("Deposit", "Bill"));

        assertThat(folder.problems()).containsExactly(("resources.camel.yaml:%d bills reads quartz:poll/Bill, "
                + "which deposits at new.camel.yaml:4 reads already.").formatted(folder.line(RESOURCES, "id: bills") + 2));
    }

    @Test
    void tellsOfAWrongBean() throws IOException {
        folder.replace(DOORS, "ref: claims", "ref: claim");

        assertThat(folder.problems()).containsExactly("doors.camel.yaml:%d poll ".formatted(folder.line(DOORS, "ref: claim"))
                + "calls the bean claim, which does not exist. Did you mean claims?");
    }

    @Test
    void tellsOfAWrongMethod() throws IOException {
        folder.replace(DOORS, "method: claim(", "method: clam(");

        assertThat(folder.problems()).containsExactly("doors.camel.yaml:%d poll ".formatted(folder.line(DOORS, "clam("))
                + "calls claims.clam, but claims has no such method. Did you mean claim?");
    }

    @Test
    void tellsOfAWrongBeanInAnAddress() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("direct:poll", "bean:claims?method=clam")
                + "        - to: bean:claim\n");

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml:8 deposits calls claims.clam, but claims has no such method. Did you mean claim?",
                "deposits.camel.yaml:9 deposits calls the bean claim, which does not exist. Did you mean claims?");
    }

    @Test
    void tellsOfARouteWithoutSteps() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replaceAll(" +steps:\n.*\n", ""));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:3 deposits has no steps below its from.");
    }

    @Test
    void tellsOfATextThatIsNotSimple() throws IOException {
        folder.replace(DOORS, "simple: \"${body} == null", "simple: \"${bdy} == null")
                .replace(DOORS, "log: \"${body}", "log: \"${body");

        assertThat(folder.problems()).containsExactly(
                "doors.camel.yaml:%d poll has a simple text that cannot be read: ".formatted(folder.line(DOORS, "bdy"))
                        + "Unknown function: bdy at location 0.",
                "doors.camel.yaml:%d note has a simple text that cannot be read: ".formatted(folder.line(DOORS, "{body\""))
                        + "expected symbol functionEnd but was eol at location 5.");
    }

    @Test
    void tellsOfANameThatOnlyARouteReadsThatIsNotLoaded() throws IOException {
        var kafka = """
                - route:
                    id: %1$s
                    precondition: "'{{events.delivery.to}}' contains 'direct:kafka'"
                    from:
                      uri: direct:%1$s
                      steps:
                        - to: direct:%2$s
                """;
        folder.with("kafka.camel.yaml", kafka.formatted("kafka", "poll")).with("both.camel.yaml", kafka.formatted("both", "kafka"));
        assertThat(folder.problems()).isEmpty();

        folder.with("deposits.camel.yaml", DEPOSITS.replace("direct:poll", "direct:kafka"));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:8 deposits "
                + "sends to direct:kafka, which no route reads: the precondition of the one that would is not met.");
    }

    @Test
    void tellsOfAnEndpointThatASettingNames() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("direct:poll", "\"{{events.delivery.to}}\""));

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml:8 deposits sends to direct:post, which no route reads. Did you mean direct:poll?");

        folder.with("deposits.camel.yaml", DEPOSITS.replace("direct:poll", "\"{{scheme}}\""));
        folder.set("scheme", "quart:x");
        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml:8 deposits uses quart:, which is no component that Camel has here.");
    }

    @Test
    void tellsOfANameThatNoRouteReads() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("direct:poll", "direct:pol"));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:8 deposits "
                + "sends to direct:pol, which no route reads. Did you mean direct:poll?");
    }

    @ParameterizedTest
    @CsvSource({
        "uri: seda:later, uri: seda:latr, seda:latr",
        "'toD: \"direct:note-${body}', 'toD: \"direct:nota-${body}', direct:nota-${body}",
        "constant: direct:poll, constant: direct:pole, direct:pole",
        "- to: direct:note, - to: direct:noted, direct:noted",
        "'        to: direct:note', '        to: direct:noot', direct:noot"})
    void looksIntoEveryCornerOfARoute(String old, String now, String name) throws IOException {
        folder.replace(DOORS, old, now);

        assertThat(folder.problems()).singleElement().asString().contains("sends to " + name + ", which no route reads.");
    }

    @Test
    void tellsOfAMissingCron() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replaceAll(" +parameters:\n.*\n", ""));

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml:4 deposits has no cron, so it would tick every second.");
    }

    @ParameterizedTest
    @CsvSource({"BankDeposits, bank-deposits", "bank_deposits, bank-deposits", "Bank Deposits, bank-deposits"})
    void correctsAnId(String id, String corrected) throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("deposits", id));

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml:2 %s must be lower case with dashes: %s.".formatted(id, corrected));
    }

    @ParameterizedTest
    @CsvSource({"deposit, Deposit", "bank-deposit, BankDeposit", "bankDeposit, BankDeposit"})
    void correctsAnEntity(String entity, String corrected) throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("Deposit", entity));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:4 deposits reads quartz:poll/%s. QuickBooks writes "
                .formatted(entity) + "its names with capitals: quartz:poll/%s.".formatted(corrected));
    }

    @Test
    void asksForAnId() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("    id: deposits\n", ""));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:1 route "
                + "has no id. Write a route with the name that instances use, as in id: deposits.");
    }

    @Test
    void asksForARouteWhereCamelWouldMakeUpAnId() throws IOException {
        folder.with("deposits.camel.yaml", """
                - from:
                    id: deposits
                    uri: quartz:poll/Deposit?cron=0+*+*+*+*+?
                    steps:
                      - to: direct:poll
                """);

        assertThat(folder.problems()).singleElement().asString().startsWith("deposits.camel.yaml:1 from has no id. Write a route");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quartz:other/Deposit", "quartz:deposits", "timer:deposits"})
    void tellsOfAResourceWithAnotherTimer(String timer) throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("quartz:poll/Deposit", timer));

        assertThat(folder.problems()).contains(("deposits.camel.yaml:4 deposits reads %s, which makes no resource of it for direct:poll. "
                + "Write quartz:poll/ and QuickBooks' name, as in quartz:poll/Deposit.").formatted(timer));
    }

    @Test
    void tellsOfATimerThatIsAlmostAResource() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("poll/", "pol/"));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:4 deposits "
                + "reads quartz:pol/Deposit, which makes no resource of it. Did you mean quartz:poll/Deposit?");
    }

    @Test
    void tellsOfAConfigurationThatIsNotThere() throws IOException {
        folder.replace(DOORS, "routeConfigurationId: errors", "routeConfigurationId: error");

        assertThat(folder.problems()).singleElement().asString()
                .endsWith("poll asks for the configuration error, which does not exist. Did you mean errors?");
    }

    @ParameterizedTest
    @CsvSource({"deposits.yaml", "deposits.yml", "deposits.camel.yml", "poll.deposits.camel.yaml"})
    void tellsOfAFileThatWouldNotBeRead(String file) throws IOException {
        folder.with(file, DEPOSITS);

        assertThat(folder.problems()).containsExactly(file
                + " is not read. Only names like deposits.camel.yaml are, in letters, digits and dashes.");
    }

    @Test
    void leavesOtherFilesAlone() throws IOException {
        folder.with("README.md", "# Routes").with(".deposits.camel.yaml", "\t").with("bills.camel.yaml~", "\t");

        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void checksTheOthersWhenOneFileCannotBeRead() throws IOException {
        folder.replace(DOORS, "    id: poll", "\tid: poll").with("deposits.camel.yaml", DEPOSITS.replace("direct:poll", "direct:pol"));
        folder.with("transfers.camel.yaml", DEPOSITS.replace("deposits", "transfers").replace("Deposit", "transfer"));

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml:8 deposits sends to direct:pol, which no route reads.",
                "doors.camel.yaml:%d has a tab. YAML is indented with spaces.".formatted(folder.line(DOORS, "\tid")),
                "transfers.camel.yaml:4 transfers reads quartz:poll/transfer. "
                        + "QuickBooks writes its names with capitals: quartz:poll/Transfer.");
    }

    @Test
    void tellsOfASimpleTextWhoseFileIsNotThere() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("        - to",
                "        - setBody:\n            simple: \"resource:classpath:sql/claim-cursor.sql\"\n        - to"));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:9 deposits takes a text from "
                + "classpath:sql/claim-cursor.sql, which cannot be read. Did you mean classpath:sql/claim-cursors.sql?");
    }

    @Test
    void tellsOfWhatARuleFailsAt() throws IOException {
        folder.failingAtBeans("not today").with("deposits.camel.yaml", DEPOSITS);

        assertThat(folder.problems()).singleElement().asString()
                .contains(" cannot be checked for Beans: java.lang.IllegalStateException: not today. Take back what was edited last.");
    }

    @Test
    void tellsOfALinkToNothing() throws IOException {
        Files.createSymbolicLink(path.resolve("deposits.camel.yaml"), path.resolve("gone"));
        Files.createSymbolicLink(path.resolve("transfers.yaml"), path.resolve("gone"));

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml cannot be read: it is a link, and what it leads to is not there. Mend the link, or remove it.",
                "transfers.yaml cannot be read: it is a link, and what it leads to is not there. Mend the link, or remove it.");
    }

    @Test
    void tellsOfAFolderWithTheNameOfAFile() throws IOException {
        Files.createDirectory(path.resolve("deposits.camel.yaml"));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml is a folder, and no file of routes. Give it another name.");
    }

    @Test
    @Timeout(30)
    void opensNoPipe() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", path.resolve("deposits.camel.yaml").toString()).start().waitFor()).isZero();

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml is no plain file. Write a file of routes, or remove it.");
    }

    @Test
    void tellsOfARouteWithoutFrom() throws IOException {
        folder.with("deposits.camel.yaml", """
                - route:
                    id: deposits
                    steps:
                      - to: direct:poll
                """);

        assertThat(folder.problems()).containsExactly(
                "deposits.camel.yaml:3 deposits has no from: what it reads is missing, and its steps stand below that.");
    }

    @Test
    void tellsOfACronAsUnixHasIt() throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("{{events.polling.tick}}", "*/5 * * * *"));

        assertThat(folder.problems()).containsExactly("deposits.camel.yaml:6 deposits has the cron \"*/5 * * * *\", which cannot be "
                + "read: it has five fields, and six are wanted, or seven with the year: seconds come first, as in \"0 */5 * * * ?\".");
    }
}
