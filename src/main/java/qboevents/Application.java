// SPDX-License-Identifier: Apache-2.0
package qboevents;

import java.time.Clock;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import qboevents.instance.Reencryption;

@SpringBootApplication
@ConfigurationPropertiesScan
public class Application {

    public static void main(String[] args) {
        System.setProperty("sun.java.command", Application.class.getName()); // JMX shows it, with secrets among the arguments
        if (args.length > 0 && args[0].equals(Reencryption.COMMAND)) {
            System.exit(Reencryption.run(Arrays.copyOfRange(args, 1, args.length)));
        }
        SpringApplication.run(Application.class, args);
    }

    /** Every decision about time asks this clock, so that a test can move it. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
