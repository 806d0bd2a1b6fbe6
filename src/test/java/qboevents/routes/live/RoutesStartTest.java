// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.testing.NewResource.DEPOSITS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.SchedulerException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import qboevents.Application;
import qboevents.resource.Resource;
import qboevents.resource.Resources;
import qboevents.routes.check.EditedFolder;

@ExtendWith(OutputCaptureExtension.class)
class RoutesStartTest {

    @TempDir
    private Path path;

    private EditedFolder folder;

    @BeforeEach
    void beginsFromGood() throws IOException {
        folder = EditedFolder.good(path).withClosedDoors("doors.camel.yaml");
    }

    @Test
    void endsTheProcessWithEveryProblemAndNoStackTrace() throws IOException, InterruptedException {
        folder.with("deposits.camel.yaml", DEPOSITS.replace("direct:poll", "direct:pol"))
                .with("transfers.camel.yaml", DEPOSITS.replace("deposits", "transfers").replace("Deposit", "Transfer")
                        .replaceAll(" +parameters:\n.*\n", ""));

        var process = new ProcessBuilder(command()).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(output.replace(path.toString(), "routes")).contains("""
                ***************************
                APPLICATION FAILED TO START
                ***************************

                Description:

                The routes folder has 2 problems:
                  routes/deposits.camel.yaml:8   deposits   sends to direct:pol, which no route reads. Did you mean direct:poll?
                  routes/transfers.camel.yaml:4  transfers  has no cron, so it would tick every second.

                Action:

                Correct the lines above and start again. Nothing was polled or delivered.
                """).doesNotContain("\tat ");
    }

    @Test
    void offersACopiedBlockBeforeTheWebServerAnswers(CapturedOutput output) throws IOException {
        folder.with("deposits.camel.yaml", DEPOSITS);
        var offeredToTheFirstRequest = new ArrayList<String>();
        ApplicationListener<WebServerInitializedEvent> webServer = event ->
                offeredToTheFirstRequest.addAll(event.getApplicationContext().getBean(Resources.class).names());

        try (var application = new SpringApplicationBuilder(Application.class).listeners(webServer).run(arguments())) {
            assertThat(offeredToTheFirstRequest).hasSize(23).contains("deposits");
            assertThat(resources(application).named("deposits")).contains(new Resource("deposits", "Deposit"));
            assertThat(application.getBean(CamelContext.class).getRouteController().getRouteStatus("deposits").isStarted()).isTrue();
        }
        assertThat(output).contains("Routes: " + path + ", with 23 resources. Settings: " + Path.of("application.yaml").toAbsolutePath());
    }

    @Test
    void hasAThreadForEveryTimerThatTicksInTheSameSecond() throws SchedulerException {
        try (var application = new SpringApplicationBuilder(Application.class).run(arguments())) {
            var scheduler = application.getBean(QuartzComponent.class).getScheduler().getMetaData();

            assertThat(scheduler.getThreadPoolSize()).isGreaterThanOrEqualTo(resources(application).names().size());
            assertThat(scheduler.isJobStoreSupportsPersistence()).isFalse();
        }
    }

    private static Resources resources(ConfigurableApplicationContext application) {
        return application.getBean(Resources.class);
    }

    private List<String> command() {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Application.class.getName()));
        command.addAll(List.of(arguments()));
        return command;
    }

    private String[] arguments() {
        return new String[] {"--events.routes.folder=" + path, "--server.port=0",
            "--spring.datasource.url=jdbc:h2:mem:" + path.getFileName() + ";MODE=PostgreSQL;NON_KEYWORDS=VALUE;DB_CLOSE_DELAY=-1"};
    }
}
