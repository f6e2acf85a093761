package dev.lectern.security;

import dev.lectern.storage.DataFolder;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Not lazy: the key file is there as soon as the server answers, for the commands that need it. */
    @Bean
    @Lazy(false)
    OperatorKey operatorKey(DataFolder folder) throws IOException {
        return OperatorKey.ofFolder(folder.root());
    }

    @Bean
    VisitorCookie visitorCookie(JdbcClient jdbc, InstantSource clock) {
        return new VisitorCookie(new SigningKeys(jdbc, clock).get("visitor"));
    }
}
