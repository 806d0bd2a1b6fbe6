// SPDX-License-Identifier: Apache-2.0
package qboevents;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
@ConfigurationPropertiesScan
public class Application {

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    /** Every decision about time asks this clock, so that a test can move it. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
