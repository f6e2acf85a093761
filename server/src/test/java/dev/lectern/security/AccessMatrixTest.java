package dev.lectern.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.security.AccessMatrix.Row;
import dev.lectern.security.AccessMatrix.Who;
import dev.lectern.security.AccessMatrixCallers.Credentials;
import dev.lectern.security.AccessMatrixCallers.Subject;
import dev.lectern.shared.Permission;
import dev.lectern.shared.RequiresScope;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Tries every operation for every kind of caller, over HTTP, in both modes, and compares with {@code access-matrix.txt}. An operation that the file does not have
 * fails.
 */
@NeedsServer
class AccessMatrixTest {
    private static final String UPLOAD =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nIslands.\r\n--b--\r\n";
    private static final int AT_ONCE = 4;

    private final AccessMatrix matrix = AccessMatrix.read();
    private final AtomicInteger number = new AtomicInteger();
    private final List<String> holes = Collections.synchronizedList(new ArrayList<>());

    @ParameterizedTest
    @EnumSource(SecurityMode.class)
    void everyOperation_letsInThoseOfItsRow_andNobodyElse(SecurityMode mode) throws Exception {
        try (TestServer server = TestServer.start(
                List.of(
                        "lectern.security.mode=" + mode,
                        "lectern.rate-limit.requests=0",
                        "lectern.rate-limit.questions=0",
                        "lectern.rate-limit.sign-ins=0",
                        "lectern.rate-limit.metrics=0",
                        "lectern.rate-limit.health=0"),
                TestUserAuthenticator.class)) {
            requireRows(server);
            AccessMatrixCallers callers = new AccessMatrixCallers(server, mode);
            tryAll(server, callers.beforeAnythingIsPublic());
            tryAll(server, callers.all());
            assertThat(holes).isEmpty();
        }
    }

    /** Each operation of the controllers has one row, with its method, path and scope. */
    private void requireRows(TestServer server) {
        Map<String, String> operations = new TreeMap<>();
        server.bean(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, handler) -> {
            if (isOfProduct(handler)) {
                mapping.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> mapping.getPatternValues()
                                .forEach(path -> operations.put(
                                        handler.getMethod().getName(),
                                        method + " " + path.replaceAll("\\{\\w+}", "{}") + " " + scopeOf(handler))));
            }
        });
        operations.remove("index");
        assertThat(matrix.rows().stream()
                        .collect(Collectors.toMap(
                                Row::operation,
                                row -> row.method() + " " + pattern(row) + " "
                                        + row.scope().text())))
                .as("Rows of access-matrix.txt, and the operations of the controllers")
                .containsExactlyInAnyOrderEntriesOf(operations);
    }

    private static boolean isOfProduct(HandlerMethod handler) {
        String place = handler.getBeanType()
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        return handler.getBeanType().getName().startsWith("dev.lectern.") && !place.contains("test-classes");
    }

    private static String scopeOf(HandlerMethod handler) {
        RequiresScope required = handler.getMethodAnnotation(RequiresScope.class);
        if (required == null) {
            required = handler.getBeanType().getAnnotation(RequiresScope.class);
        }
        return required == null ? "without a scope" : required.value().text();
    }

    private static String pattern(Row row) {
        return row.path().replaceAll("\\?.*", "").replaceAll("\\{\\w}", "{}").replaceAll("(?<=/)none(?=/|$)", "{}");
    }

    private void tryAll(TestServer server, List<Subject> subjects) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> running = new ArrayList<>();
            for (Subject subject : subjects) {
                running.add(executor.submit(() -> {
                    tryRows(server, subject);
                    return true;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private void tryRows(TestServer server, Subject subject) throws Exception {
        for (Row row : matrix.rows()) {
            if (row.who() == Who.OWNER) {
                check(row, subject, send(server, row, subject, subject.foreign()), false);
            }
            boolean isTried = switch (row.who()) {
                case OWNER -> subject.own() != null;
                case OWN_RULES -> lacksScope(row, subject);
                default -> true;
            };
            if (isTried) {
                check(
                        row,
                        subject,
                        send(server, row, subject, subject.own() == null ? subject.foreign() : subject.own()),
                        isAllowed(row, subject));
            }
        }
    }

    private HttpResponse<String> send(
            TestServer server, Row row, Subject subject, AccessMatrixCallers.Exchange conversation) throws Exception {
        HttpRequest.Builder request = server.request(fill(row.path(), subject, conversation));
        subject.headers().forEach(request::header);
        if (row.header() != null && row.value() != null) {
            request.header(row.header(), row.value());
        }
        String body = row.body() == null ? "" : fill(row.body(), subject, conversation);
        if (body.equals("--b")) {
            request.header("Content-Type", "multipart/form-data; boundary=b");
            body = UPLOAD;
        } else if (!body.isEmpty() && !"Content-Type".equals(row.header())) {
            request.header("Content-Type", "application/json");
        }
        request.method(row.method(), TestServer.body(body));
        try {
            return server.send(request);
        } catch (IOException closed) {
            // The server closes a connection after a refusal whose body it did not read; the client may have taken that
            // connection again.
            return server.send(request);
        }
    }

    private String fill(String text, Subject subject, AccessMatrixCallers.Exchange conversation) {
        return text.replace("{c}", subject.target().collection().value())
                .replace("{d}", subject.target().document())
                .replace("{j}", subject.target().job())
                .replace("{v}", conversation.conversation())
                .replace("{m}", conversation.answer())
                .replace("{n}", String.valueOf(number.incrementAndGet()));
    }

    private void check(Row row, Subject subject, HttpResponse<String> response, boolean isAllowed) {
        int status = response.statusCode();
        boolean refused =
                status == 401 || status == 403 || (status == 404 && row.who().isHidden());
        boolean right = refused != isAllowed && status != 500;
        if (!isAllowed && row.who() != Who.ANYONE && subject.credentials() == Credentials.INVALID) {
            right &= status == 401;
        }
        if (!isAllowed && subject.credentials() == Credentials.VALID && lacksScope(row, subject)) {
            right &= status == 403;
        }
        if (!right) {
            holes.add(row.operation() + " for " + subject.name() + ": " + status + ", but it should be "
                    + (isAllowed ? "allowed " : "refused ") + response.body());
        }
    }

    private static boolean lacksScope(Row row, Subject subject) {
        return subject.scopes() != null
                && !subject.scopes().contains(row.scope())
                && !row.path().startsWith("/health");
    }

    private static boolean isAllowed(Row row, Subject subject) {
        if (row.path().startsWith("/health")) {
            return true;
        }
        if (lacksScope(row, subject)) {
            return false;
        }
        boolean isEntered = subject.credentials() == Credentials.VALID;
        return switch (row.who()) {
            case ANYONE -> subject.credentials() != Credentials.INVALID || !subject.isBearer();
            case OWN_RULES, CALLER -> isEntered;
            case OWNER -> isEntered && subject.own() != null;
            case READ, WRITE, MANAGE ->
                isEntered
                        && subject.permission() != null
                        && subject.permission()
                                .includes(Permission.valueOf(row.who().name()));
            case CREATOR -> isEntered && subject.isCreator();
            case ACCOUNT -> isEntered && subject.isPerson();
            case PERSON -> isEntered && (subject.isPerson() || subject.isAdministrator());
            case ADMINISTRATOR -> isEntered && subject.isAdministrator();
        };
    }
}
