package dev.lectern.security;

import dev.lectern.audit.AuditLog;
import dev.lectern.shared.Caller;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.support.TransactionTemplate;

/** The secrets of a data folder and a database, for tests that start no server. */
public final class TestSecrets {
    private final OperatorKey operatorKey;
    private final SigningKeyRepository signingKeys;
    private final VisitorCookies cookies;

    public TestSecrets(Path dataFolder, JdbcClient jdbc) {
        try {
            operatorKey = OperatorKey.ofFolder(dataFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        signingKeys = new SigningKeyRepository(jdbc, Clock.systemUTC());
        cookies = new VisitorCookies(
                new VisitorCookieCodec(signingKeys.getOrCreate(SigningKeyRepository.VISITOR)), Duration.ofDays(1));
    }

    public SecretReplacer replacer(TransactionTemplate transactions, AuditLog auditLog) {
        return new SecretReplacer(operatorKey, signingKeys, cookies, transactions, auditLog);
    }

    public boolean isOperator(String key) {
        return operatorKey.matches(key);
    }

    /** The cookie of a visitor, as a browser sends it back. */
    public String sign(String visitor) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        cookies.write(new Caller.Visitor(visitor), new MockHttpServletRequest(), response);
        String set = String.valueOf(response.getHeader("Set-Cookie"));
        return set.substring(0, set.indexOf(';'));
    }

    public boolean isKnown(String cookie) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        String[] parts = cookie.split("=", 2);
        request.setCookies(new Cookie(parts[0], parts[1]));
        return cookies.read(request, new MockHttpServletResponse()).isPresent();
    }
}
