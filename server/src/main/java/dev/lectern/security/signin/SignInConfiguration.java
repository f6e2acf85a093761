package dev.lectern.security.signin;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Parts of Spring Security and Spring Session. All are made when they are first used: nobody may ever sign in. */
@Configuration(proxyBeanMethods = false)
class SignInConfiguration {
    /** OWASP's recommendation of 2026: 19 MiB, two passes, one lane. */
    private static final int MEMORY_KIB = 19_456;

    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String ARGON2 = "argon2";

    @Bean
    PasswordEncoder passwordEncoder() {
        PasswordEncoder argon2 = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
        return new BoundedPasswordEncoder(new DelegatingPasswordEncoder(ARGON2, Map.of(ARGON2, argon2)));
    }

    @Bean
    AuthenticationManager authenticationManager(AccountDetailsService accounts, PasswordEncoder passwords) {
        return managerOf(accounts, passwords);
    }

    static AuthenticationManager managerOf(UserDetailsService accounts, PasswordEncoder passwords) {
        DaoAuthenticationProvider provider = new DaoAuthenticationProvider(accounts);
        provider.setPasswordEncoder(passwords);
        if (accounts instanceof UserDetailsPasswordService renewing) {
            provider.setUserDetailsPasswordService(renewing);
        }
        return new ProviderManager(provider);
    }

    @Bean
    SecurityContextRepository securityContextRepository() {
        return new HttpSessionSecurityContextRepository();
    }

    @Bean
    SessionTokens sessionTokens(SessionProperties properties) {
        return new SessionTokens(properties.sessionMax());
    }

    /**
     * Without transactions: a session is read by one statement, and a transaction would wait for the write lock of SQLite at each request. A session of which a kill
     * left no attributes signs nobody in.
     */
    @Bean
    FindByIndexNameSessionRepository<? extends Session> userSessionRepository(
            JdbcOperations jdbc, SessionTokens tokens, SessionProperties properties) {
        JdbcIndexedSessionRepository sessions =
                new JdbcIndexedSessionRepository(jdbc, TransactionOperations.withoutTransaction());
        sessions.setTableName("user_session");
        sessions.setDefaultMaxInactiveInterval(properties.sessionIdle());
        sessions.setSessionIdGenerator(tokens);
        sessions.setConversionService(jsonConversion());
        // In this order: Spring Session takes rows of one session for several sessions when others are between them.
        sessions.setListSessionsByPrincipalNameQuery(
                "SELECT s.primary_id, s.session_id, s.creation_time, s.last_access_time, s.max_inactive_interval,"
                        + " a.attribute_name, a.attribute_bytes FROM user_session s"
                        + " LEFT JOIN user_session_attributes a ON s.primary_id = a.session_primary_id"
                        + " WHERE s.principal_name = ? ORDER BY s.primary_id");
        // Foreign keys do nothing on SQLite. SessionCleaner deletes sessions together with their attributes, and until
        // then nothing finds them.
        sessions.setDeleteSessionQuery(
                "UPDATE user_session SET session_id = primary_id, principal_name = NULL, expiry_time = 0 WHERE session_id = ?");
        sessions.setCleanupCron("-");
        return sessions;
    }

    /** Attributes as JSON with the types that Spring Security allows, so that the database holds no serialised objects, and an upgrade reads what it finds. */
    private static GenericConversionService jsonConversion() {
        JsonMapper json = JsonMapper.builder()
                .addModules(SecurityJacksonModules.getModules(SignInConfiguration.class.getClassLoader()))
                .build();
        GenericConversionService conversion = new GenericConversionService();
        Converter<Object, byte[]> write = json::writeValueAsBytes;
        Converter<byte[], Object> read = bytes -> json.readValue(bytes, Object.class);
        conversion.addConverter(Object.class, byte[].class, write);
        conversion.addConverter(byte[].class, Object.class, read);
        return conversion;
    }
}
