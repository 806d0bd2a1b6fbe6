// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.HttpSessionIdResolver;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.access.PlatformAccess;

/** Sessions are rows, so that any node answers the next request, and logging out ends one everywhere. */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class ConsoleSessions {

    @Bean
    JdbcIndexedSessionRepository sessionRepository(
            JdbcTemplate jdbc, TransactionTemplate transaction, ConsoleSettings settings) {
        var sessions = new JdbcIndexedSessionRepository(jdbc, transaction);
        sessions.setTableName("console_session");
        sessions.setDefaultMaxInactiveInterval(settings.session());
        sessions.setCleanupCron("-"); // a timer of the routes does that, without a thread of its own
        return sessions;
    }

    @Bean
    HttpSessionIdResolver sessionIdResolver(PlatformAccess access, ConsoleSettings settings) {
        return new SealedSessionIds(access, settings);
    }

    @Bean
    FilterRegistrationBean<Crowd> consoleCrowdFilter() {
        var filter = new FilterRegistrationBean<>(new Crowd());
        filter.setUrlPatterns(ConsoleSecurity.PATHS);
        filter.setOrder(-2);
        return filter;
    }

    @Bean
    DelegatingFilterProxyRegistrationBean consoleSessionFilter() {
        return ConsoleSecurity.onConsolePaths(new DelegatingFilterProxyRegistrationBean("springSessionRepositoryFilter"), -1);
    }
}
