package dev.lectern.security;

import dev.lectern.audit.AuditLog;
import dev.lectern.http.ExternalAddress;
import dev.lectern.http.ProxyProperties;
import dev.lectern.storage.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The keys that identify callers, and the policy that decides what they may do. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Not lazy: commands need the key file as soon as the server responds. */
    @Bean
    @Lazy(false)
    OperatorKey operatorKey(DataFolder folder) throws IOException {
        return OperatorKey.ofFolder(folder.root());
    }

    /** The names of the operator, of the public address and of the address that the server listens on. */
    @Bean
    AllowedHosts allowedHosts(SecurityProperties properties, ProxyProperties proxies, ServerProperties server) {
        Set<String> names = new HashSet<>(properties.allowedHosts());
        proxies.publicAddress().map(ExternalAddress::host).ifPresent(names::add);
        InetAddress address = server.getAddress();
        if (address != null && !address.isAnyLocalAddress()) {
            names.add(address.getHostAddress());
            names.add(address.getHostName());
        }
        return new AllowedHosts(names);
    }

    @Bean
    OriginPolicy originPolicy(SecurityProperties properties, ProxyProperties proxies) {
        return new OriginPolicy(proxies.publicAddress().orElse(null), properties.corsOrigins());
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
    SecretCipher secretCipher(EncryptionKey key) {
        return new SecretCipher(key);
    }

    @Bean
    SecretReplacer secretReplacer(
            OperatorKey operatorKey,
            SigningKeyRepository keys,
            VisitorCookies cookies,
            TransactionTemplate transactions,
            AuditLog auditLog) {
        return new SecretReplacer(operatorKey, keys, cookies, transactions, auditLog);
    }
}
