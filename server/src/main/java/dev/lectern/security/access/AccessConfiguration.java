package dev.lectern.security.access;

import dev.lectern.security.CollectionAccessPolicy;
import dev.lectern.security.CollectionGrants;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/** The policy that decides what callers may do with collections. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    @Fallback
    CollectionAccessPolicy grantedAccessPolicy(CollectionGrants grants) {
        return new GrantedAccessPolicy(grants);
    }
}
