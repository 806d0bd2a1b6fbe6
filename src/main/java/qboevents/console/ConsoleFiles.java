// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.support.AbstractFlashMapManager;
import qboevents.http.ConsolePath;

/** Style sheet, scripts and icon: everybody's, and the only thing of the console that a browser may keep. */
@Configuration(proxyBeanMethods = false)
class ConsoleFiles implements WebMvcConfigurer {

    private static final String PLACE = "classpath:/static" + ConsolePath.BELOW;
    private static final Pattern FILE = Pattern.compile(ConsolePath.BELOW + "/(lib/)?[a-z][\\w.-]*\\.(css|js|svg)");

    static boolean named(String path) {
        return FILE.matcher(path).matches();
    }

    /** Spring would look into the session in every request, which is a row, for what nobody puts there: files need no database. */
    @Bean
    FlashMapManager flashMapManager() {
        return new AbstractFlashMapManager() {
            @Override
            protected @Nullable List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
                return null;
            }

            @Override
            protected void updateFlashMaps(List<FlashMap> all, HttpServletRequest request, HttpServletResponse response) {}
        };
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(ConsolePath.BELOW + "/*.css", ConsolePath.BELOW + "/*.js", ConsolePath.BELOW + "/*.svg")
                .addResourceLocations(PLACE + "/").setCacheControl(CacheControl.noCache());
        registry.addResourceHandler(ConsolePath.BELOW + "/lib/*") // whose names change with their version
                .addResourceLocations(PLACE + "/lib/").setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable());
    }
}
