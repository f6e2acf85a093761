package dev.lectern.security;

import dev.lectern.storage.DataFolder;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The keys that identify callers, and the policy that decides what they may do. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Not lazy: commands need the key file as soon as the server responds. */
    @Bean
    @Lazy(false)
    OperatorKey operatorKey(DataFolder folder) throws IOException {
        return OperatorKey.ofFolder(folder.root());
    }

    /** Replaced by any other policy, such as the one of accounts. */
    @Bean
    @Fallback
    CollectionAccessPolicy openCollectionAccessPolicy() {
        return new OpenCollectionAccessPolicy();
    }

    @Bean
    CollectionAccess collectionAccess(CollectionAccessPolicy policy) {
        return new CollectionAccess(policy);
    }

    @Bean
    SigningKeyRepository signingKeys(JdbcClient jdbc, InstantSource clock) {
        return new SigningKeyRepository(jdbc, clock);
    }

    @Bean
    VisitorCookies visitorCookies(SigningKeyRepository keys, SecurityProperties properties) {
        return new VisitorCookies(
                new VisitorCookieCodec(keys.getOrCreate(SigningKeyRepository.VISITOR)), properties.visitorKept());
    }

    @Bean
    SecretReplacer secretReplacer(OperatorKey operatorKey, SigningKeyRepository keys, VisitorCookies cookies) {
        return new SecretReplacer(operatorKey, keys, cookies);
    }
}
