package dev.lectern.security.oidc;

import dev.lectern.security.signin.SignInProviderLink;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the page for signing in shows of the identity provider, if there is one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("lectern.security.oidc.issuer")
class OidcConfiguration {

    @Bean
    SignInProviderLink signInProviderLink(OidcProperties properties) {
        return new SignInProviderLink(properties.name(), "/api/v1/session/provider");
    }
}
