package dev.lectern.security;

import dev.lectern.storage.DataFolder;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The keys that identify callers. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Not lazy: commands need the key file as soon as the server responds. */
    @Bean
    @Lazy(false)
    OperatorKey operatorKey(DataFolder folder) throws IOException {
        return OperatorKey.ofFolder(folder.root());
    }

    @Bean
    VisitorCookieCodec visitorCookie(JdbcClient jdbc, InstantSource clock) {
        return new VisitorCookieCodec(new SigningKeyRepository(jdbc, clock).getOrCreate("visitor"));
    }
}
