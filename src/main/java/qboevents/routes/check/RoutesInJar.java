// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The copies that the build has packed from the routes folder. */
record RoutesInJar() implements RoutesSource {

    private static final String FOLDER = "routes/";
    private static final String FILES = "classpath*:" + FOLDER + "*.camel.yaml";

    @Override
    public List<RouteText> texts() {
        return files().stream().map(file -> new RouteText(FOLDER + file.getFilename(), text(file))).toList();
    }

    @Override
    public List<Problem> strangers() {
        return List.of();
    }

    @Override
    public String includePattern() {
        return files().stream().map(file -> "classpath:" + FOLDER + file.getFilename()).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return "the copies in the jar";
    }

    private static List<Resource> files() {
        try {
            return List.of(new PathMatchingResourcePatternResolver().getResources(FILES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
