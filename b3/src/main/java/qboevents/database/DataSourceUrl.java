// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.stereotype.Component;

/** Completes the URL after it was bound and before anybody connects. */
@Component
class DataSourceUrl implements BeanPostProcessor {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof DataSourceProperties properties && properties.getUrl() != null
                && H2Url.matches(properties.getUrl())) {
            properties.setUrl(H2Url.completed(properties.getUrl()));
            properties.setUsername(properties.getUsername() == null ? "sa" : properties.getUsername());
            properties.setPassword(properties.getPassword() == null ? "" : properties.getPassword());
        }
        return bean;
    }
}
