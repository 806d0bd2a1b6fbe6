// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.net.URI;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.HstsConfig;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;
import qboevents.access.PlatformAccess;
import qboevents.http.ConsolePath;

/** Who may see the console's pages, and what a browser may do with them. The API's paths never come here. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class ConsoleSecurity {

    static final String LOGIN = ConsolePath.BELOW + "/login";
    /** In the container's words, so that no other request is even wrapped. */
    static final List<String> PATHS = List.of("", "/", ConsolePath.BELOW + "/*");

    @Bean
    SecurityFilterChain consoleChain(HttpSecurity http, PlatformAccess access, Doorkeeper doorkeeper,
            ConsoleSettings settings, @Value("${quickbooks.oauth2.authorize-url}") URI intuit) throws Exception {
        return http
                .securityMatcher(ConsolePath::of)
                .authorizeHttpRequests(requests -> requests
                        .requestMatchers(request -> doorkeeper.open(request)).permitAll()
                        // The principal is the secrets' fingerprint: with another secret nobody is logged in any more.
                        .anyRequest().access((who, request) ->
                                new AuthorizationDecision(access.fingerprint().equals(who.get().getName()))))
                .formLogin(form -> form.loginPage(LOGIN).usernameParameter("user").passwordParameter("organization")
                        .successHandler(doorkeeper::admitted).failureHandler(doorkeeper::refused))
                .logout(logout -> logout.logoutUrl(ConsolePath.BELOW + "/logout").logoutSuccessUrl(LOGIN + "?out"))
                .exceptionHandling(exceptions -> exceptions
                        .authenticationEntryPoint(doorkeeper::ask).accessDeniedHandler(doorkeeper::denied))
                // Not in the session: whoever only looks at the login page would have one.
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie(settings)))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .headers(headers -> headers
                        .contentSecurityPolicy(policy -> policy.policyDirectives("default-src 'none'; script-src 'self'; style-src 'self';"
                                + " img-src 'self'; connect-src 'self'; form-action 'self' " + origin(intuit)
                                + "; frame-ancestors 'none'; base-uri 'none'"))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .frameOptions(FrameOptionsConfig::deny)
                        .httpStrictTransportSecurity(HstsConfig::disable)) // the host's business, not one application's
                .build();
    }

    private static CookieCsrfTokenRepository csrfCookie(ConsoleSettings settings) {
        var cookie = new CookieCsrfTokenRepository();
        cookie.setCookieName("console-form");
        cookie.setCookieCustomizer(each -> {
            each.sameSite("Strict").path("/");
            if (settings.secure()) {
                each.secure(true);
            }
        });
        return cookie;
    }

    /** A form's redirect to Intuit is a form's action too. */
    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    /** Meters of each filter tell nobody anything. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    AuthenticationProvider secretsProvider(PlatformAccess access) {
        return new SecretsProvider(access);
    }

    @Bean
    DelegatingFilterProxyRegistrationBean consoleSecurityFilter() {
        return onConsolePaths(new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain"), 0);
    }

    /** @param order among the two of the console: the session is there first */
    static DelegatingFilterProxyRegistrationBean onConsolePaths(DelegatingFilterProxyRegistrationBean filter, int order) {
        filter.setUrlPatterns(PATHS);
        filter.setOrder(order);
        return filter;
    }
}
