package dev.lectern.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.TestServer;
import dev.lectern.ingestion.JobService;
import dev.lectern.library.LibraryCollections;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.People;
import dev.lectern.security.accounts.Role;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.keys.ApiKeys;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.Permission;
import dev.lectern.shared.Scope;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The people, programs and visitors of the access matrix, and the collections that they ask for. */
final class AccessMatrixCallers {
    private static final Map<String, String> REMOTE = Map.of("X-Forwarded-For", "192.0.2.1");
    private static final Caller OPERATOR = TestAccess.OPERATOR;

    private final TestServer server;
    private final SecurityMode mode;
    private final Target granted;
    private final Target ofMode;
    private final Target shared;
    private final List<Subject> subjects = new ArrayList<>();
    private Exchange foreign = new Exchange("none", "none");
    /** The id of the key that was made last. */
    private String lastKey = "";


    AccessMatrixCallers(TestServer server, SecurityMode mode) throws Exception {
        this.server = server;
        this.mode = mode;
        granted = target("Granted");
        ofMode = target("Of the mode");
        shared = target("Shared");
    }

    /** A collection with a document and the job that added it. */
    record Target(CollectionId collection, String document, String job) {}

    /** A conversation and an answer in it. */
    record Exchange(String conversation, String answer) {}

    /** Whether a caller is known. */
    enum Credentials {
        VALID,
        /** None, where some are needed. */
        MISSING,
        /** Expired, revoked, or of a disabled person. */
        INVALID
    }

    /**
     * A caller.
     *
     * @param permission on the target, apart from the scopes; null for none
     * @param scopes of a key; null for others
     * @param own the caller's conversation; null without one
     */
    record Subject(
            String name,
            Map<String, String> headers,
            Credentials credentials,
            Target target,
            @Nullable Permission permission,
            boolean isPerson,
            boolean isAdministrator,
            @Nullable Set<Scope> scopes,
            @Nullable Exchange own,
            Exchange foreign) {
        boolean isBearer() {
            return headers.containsKey("Authorization");
        }

        /** Whether it may create collections, if its scopes allow it. */
        boolean isCreator() {
            return scopes != null ? name.contains("creator") : isPerson || isAdministrator;
        }
    }

    private Target target(String name) throws Exception {
        CollectionId collection =
                server.bean(LibraryCollections.class).create(OPERATOR, name).id();
        JobService jobs = server.bean(JobService.class);
        JobId job = jobs.addTexts(
                OPERATOR,
                collection,
                List.of(new JobService.TextDocument("t", name, "# Islands\nZanzibar is an island of " + name + ".")));
        assertThat(jobs.await(OPERATOR, job, Duration.ofSeconds(60)).progress().done())
                .isOne();
        HttpResponse<String> documents = server.send(server.request("/api/v1/collections/" + collection + "/documents")
                .header("Authorization", "Bearer " + OperatorKey.read(server.folder())));
        return new Target(
                collection, json(documents).at("/items/0/id").asString(), job.value());
    }

    /** In the mode {@code private}, those who need to sign in. */
    List<Subject> beforeAnythingIsPublic() {
        return mode == SecurityMode.OPEN
                ? List.of()
                : List.of(
                        subject("anonymous, nothing public", REMOTE, Credentials.MISSING, ofMode, null),
                        subject("loopback, nothing public", Map.of(), Credentials.MISSING, ofMode, null));
    }

    /** All others, with a collection that everyone may read. */
    List<Subject> all() throws Exception {
        CollectionGrants grants = server.bean(CollectionGrants.class);
        grants.replace(
                shared.collection(), List.of(new CollectionGrant(GranteeKind.EVERYONE, "", Permission.READ)));
        boolean isOpen = mode == SecurityMode.OPEN;
        foreign = converse(Map.of("Authorization", "Bearer " + OperatorKey.read(server.folder())));
        addVisitors(isOpen);
        addPeople(grants);
        addKeys();
        subjects.add(new Subject(
                "operator",
                Map.of("Authorization", "Bearer " + OperatorKey.read(server.folder())),
                Credentials.VALID,
                granted,
                Permission.MANAGE,
                false,
                true,
                null,
                null,
                converse(user(person("other", Role.USER)))));
        return subjects;
    }

    private void addVisitors(boolean isOpen) throws Exception {
        subjects.add(subject("anonymous", REMOTE, Credentials.VALID, granted, null));
        subjects.add(subject("anonymous, shared collection", REMOTE, Credentials.VALID, shared, Permission.READ));
        Map<String, String> visitor = new HashMap<>(REMOTE);
        visitor.put("Cookie", server.newCookie("/api/v1/collections"));
        Exchange own = converse(visitor);
        subjects.add(with(own, subject("visitor", visitor, Credentials.VALID, granted, null)));
        subjects.add(with(
                converse(visitor),
                subject(
                        "visitor, collection of the mode",
                        visitor,
                        Credentials.VALID,
                        ofMode,
                        isOpen ? Permission.WRITE : null)));
        Map<String, String> local = Map.of("Cookie", server.newCookie("/api/v1/collections"));
        subjects.add(new Subject(
                "visitor on the machine",
                local,
                Credentials.VALID,
                granted,
                isOpen ? Permission.MANAGE : null,
                false,
                isOpen,
                null,
                converse(local),
                foreign));
    }

    private void addPeople(CollectionGrants grants) throws Exception {
        String reader = person("reader", Role.USER);
        String writer = person("writer", Role.USER);
        String manager = person("manager", Role.USER);
        String stranger = person("stranger", Role.USER);
        String administrator = person("administrator", Role.ADMINISTRATOR);
        String disabled = person("disabled", Role.USER);
        grants.replace(
                granted.collection(),
                List.of(
                        new CollectionGrant(GranteeKind.USER, reader, Permission.READ),
                        new CollectionGrant(GranteeKind.USER, writer, Permission.WRITE),
                        new CollectionGrant(GranteeKind.USER, manager, Permission.MANAGE),
                        new CollectionGrant(GranteeKind.USER, disabled, Permission.MANAGE)));
        addPerson("reader", reader, granted, Permission.READ, false);
        addPerson("writer", writer, granted, Permission.WRITE, false);
        addPerson("manager", manager, granted, Permission.MANAGE, false);
        addPerson("stranger", stranger, granted, null, false);
        addPerson("stranger, shared collection", stranger, shared, Permission.READ, false);
        addPerson(
                "stranger, collection of the mode",
                stranger,
                ofMode,
                mode == SecurityMode.OPEN ? Permission.WRITE : Permission.READ,
                false);
        addPerson("administrator", administrator, granted, Permission.MANAGE, true);
        String secret = key(userCaller(disabled, false), Set.of(Scope.values()), Set.of(), true);
        disable(disabled);
        subjects.add(subject("disabled", user(disabled), Credentials.INVALID, granted, null));
        subjects.add(subject("key of a disabled person", bearer(secret), Credentials.INVALID, granted, null));
        addKeyOf("key of a reader", userCaller(reader, false), Permission.READ, false);
        addKeyOf("key of an administrator, creator", userCaller(administrator, true), Permission.MANAGE, true);
        addKeyOf("key of a former administrator", userCaller(stranger, true), null, false);
    }

    private void addPerson(
            String name, String id, Target target, @Nullable Permission permission, boolean isAdministrator)
            throws Exception {
        subjects.add(new Subject(
                name,
                user(id),
                Credentials.VALID,
                target,
                permission,
                true,
                isAdministrator,
                null,
                converse(user(id)),
                foreign));
    }

    private void addKeyOf(String name, Caller owner, @Nullable Permission permission, boolean isAdministrator)
            throws Exception {
        Set<Scope> scopes = owner.isAdministrator()
                ? EnumSet.allOf(Scope.class)
                : EnumSet.complementOf(EnumSet.of(Scope.ADMIN, Scope.METRICS));
        Map<String, String> bearer = bearer(key(owner, scopes, Set.of(), false));
        subjects.add(new Subject(
                isAdministrator ? name : name + ", creator",
                bearer,
                Credentials.VALID,
                granted,
                permission,
                false,
                isAdministrator,
                scopes,
                converse(bearer),
                foreign));
    }

    private void addKeys() throws Exception {
        for (Scope scope : Scope.values()) {
            Map<String, String> bearer = bearer(key(OPERATOR, Set.of(scope), Set.of(), true));
            subjects.add(new Subject(
                    "key with the scope " + scope.text() + ", creator",
                    bearer,
                    Credentials.VALID,
                    granted,
                    Permission.MANAGE,
                    false,
                    scope == Scope.ADMIN,
                    Set.of(scope),
                    scope == Scope.ASK ? converse(bearer) : null,
                    foreign));
        }
        Set<Scope> all = EnumSet.allOf(Scope.class);
        Map<String, String> elsewhere = bearer(key(OPERATOR, all, Set.of(shared.collection()), true));
        subjects.add(new Subject(
                "key of another collection",
                elsewhere,
                Credentials.VALID,
                granted,
                null,
                false,
                true,
                all,
                converse(elsewhere),
                foreign));
        Map<String, String> expired = bearer(key(OPERATOR, all, Set.of(), true));
        JdbcClient jdbc = server.bean(JdbcClient.class);
        server.bean(AccessChanges.class)
                .make(() -> jdbc.sql("UPDATE api_key SET expires_at = 1 WHERE id = ?")
                        .param(lastKey)
                        .update());
        subjects.add(subject("expired key", expired, Credentials.INVALID, granted, null));
        Map<String, String> revoked = bearer(key(OPERATOR, all, Set.of(), true));
        server.bean(ApiKeys.class).revoke(OPERATOR, lastKey, null);
        subjects.add(subject("revoked key", revoked, Credentials.INVALID, granted, null));
    }

    private String key(Caller maker, Set<Scope> scopes, Set<CollectionId> collections, boolean isOfServer) {
        Caller giver = isOfServer && !(maker instanceof Caller.Operator) ? userCaller(maker.id(), true) : maker;
        ApiKeys.IssuedApiKey issued = server.bean(ApiKeys.class)
                .create(
                        giver,
                        maker instanceof Caller.Operator,
                        new ApiKeys.Change("key", scopes, collections, null));
        lastKey = issued.key().id();
        return issued.secret();
    }

    private String person(String name, Role role) {
        UserAccount account = server.bean(People.class).create(OPERATOR, name, null, null, role);
        return account.id();
    }

    private void disable(String id) {
        server.bean(People.class).change(OPERATOR, id, new People.Change(null, null, null, true), null);
    }

    private static Caller userCaller(String id, boolean isAdministrator) {
        return new Caller.User(id, id, isAdministrator, Set.of());
    }

    private static Map<String, String> user(String id) {
        return Map.of(TestUserAuthenticator.HEADER, id);
    }

    private static Map<String, String> bearer(String secret) {
        return Map.of("Authorization", "Bearer " + secret);
    }

    private Subject subject(
            String name,
            Map<String, String> headers,
            Credentials credentials,
            Target target,
            @Nullable Permission permission) {
        return new Subject(name, headers, credentials, target, permission, false, false, null, null, foreign);
    }

    private static Subject with(Exchange own, Subject subject) {
        return new Subject(
                subject.name(),
                subject.headers(),
                subject.credentials(),
                subject.target(),
                subject.permission(),
                subject.isPerson(),
                subject.isAdministrator(),
                subject.scopes(),
                own,
                subject.foreign());
    }

    /** A conversation of a caller with an answer in it. */
    private Exchange converse(Map<String, String> headers) throws Exception {
        HttpRequest.Builder creation = server.request("/api/v1/conversations").POST(TestServer.NO_BODY);
        headers.forEach(creation::header);
        HttpResponse<String> created = server.send(creation);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String conversation = json(created).path("id").asString();
        HttpRequest.Builder question = server.request("/api/v1/conversations/" + conversation + "/messages")
                .header("Content-Type", "application/json")
                .POST(TestServer.body("{\"content\": \"Which island?\"}"));
        headers.forEach(question::header);
        HttpResponse<String> answer = server.send(question);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new Exchange(conversation, json(answer).path("id").asString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
