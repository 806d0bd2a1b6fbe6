// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import qboevents.access.PlatformAccess;

/** Takes the two secrets. Of both nothing is kept in the session but the fingerprint. */
record SecretsProvider(PlatformAccess access) implements AuthenticationProvider {

    @Override
    public Authentication authenticate(Authentication given) {
        if (!access.admits(given.getName().strip(), String.valueOf(given.getCredentials()).strip())) {
            throw new BadCredentialsException("The secrets are not these");
        }
        return UsernamePasswordAuthenticationToken.authenticated(access.fingerprint(), null, List.of());
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
