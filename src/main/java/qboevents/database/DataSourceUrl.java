// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.stereotype.Component;

/** Completes the URL after it was bound and before anybody connects. */
@Component
class DataSourceUrl implements BeanPostProcessor {

    private static final Logger log = LoggerFactory.getLogger(DataSourceUrl.class);

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof DataSourceProperties properties && properties.getUrl() != null
                && H2Url.matches(properties.getUrl())) {
            H2Url.folder(properties.getUrl()).ifPresent(DataSourceUrl::create);
            complete(properties, H2Url.completed(properties.getUrl()));
        }
        return bean;
    }

    private static void create(Path folder) {
        try {
            PrivateFolder.create(folder);
        } catch (IOException e) {
            log.debug("{} cannot be made; H2 says why", folder, e);
        }
    }

    /** The password leaves the URL, which H2 shows in its errors. */
    private static void complete(DataSourceProperties properties, String url) {
        if (properties.getUsername() == null) {
            properties.setUsername(H2Url.setting(url, "USER").orElse("sa"));
        }
        if (properties.getPassword() == null) {
            properties.setPassword(H2Url.setting(url, "PASSWORD").orElse(""));
        }
        properties.setUrl(H2Url.without(H2Url.without(url, "USER"), "PASSWORD"));
    }
}
