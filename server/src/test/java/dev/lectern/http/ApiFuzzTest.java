package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestRun;
import dev.lectern.TestServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Requests of every kind with damaged bodies: each gets an answer or an error of the catalogue, and never an internal error. */
@NeedsServer
class ApiFuzzTest {
    private static final int ROUNDS = TestRun.repetitions(300, 30_000);
    /** Stands for arrays in arrays, deeper than the writer of JSON allows. */
    private static final String NESTED = "@nested";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<Call> CALLS = List.of(
            new Call("POST", "/api/v1/search", """
                    {"query":"tower","collections":["default"],"limit":5,"mode":"hybrid","filter":{"documents":["a"]}}"""),
            new Call("POST", "/api/v1/ask", """
                    {"question":"How high is the tower?","collections":["default"],"stream":false,"endUser":"e",\
                    "history":[{"question":"What is it?","answer":"A tower."}]}"""),
            new Call("POST", "/api/v1/collections", """
                    {"name":"Handbook"}"""),
            new Call("PATCH", "/api/v1/collections/default", """
                    {"name":"Handbook"}"""),
            new Call("POST", "/api/v1/conversations", """
                    {"title":"Tower","collections":["default"]}"""),
            new Call("POST", "/api/v1/conversations/none/messages", """
                    {"content":"How high?","replaces":"m"}"""),
            new Call("POST", "/api/v1/messages/none/feedback", """
                    {"rating":"up","comment":"Good."}"""),
            new Call("POST", "/api/v1/collections/default/sources", """
                    {"folder":"/nowhere"}"""),
            new Call("GET", "/api/v1/conversations?limit=20&cursor=abc", ""),
            new Call("GET", "/api/v1/collections/default/documents?limit=20&status=done&cursor=abc", ""),
            new Call("GET", "/api/v1/jobs?limit=20", ""));

    /** @param body empty for none */
    private record Call(String method, String path, String body) {}

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void damagedRequests_areAnsweredOrRefused() throws Exception {
        String cookie = server.newCookie("/api/v1/collections");
        long seed = TestRun.repetitions(1, (int) (System.nanoTime() & 0xFFFF));
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Call call = CALLS.get(random.nextInt(CALLS.size()));
            byte[] body = call.body().isEmpty() ? new byte[0] : damage(call.body(), random);
            String path = call.body().isEmpty() ? damageQuery(call.path(), random) : call.path();
            HttpResponse<String> response = server.send(server.request(path)
                    .header("Cookie", cookie)
                    .header("Content-Type", "application/json")
                    .method(call.method(), TestServer.body(body)));
            String described = "seed %d, round %d: %s %s %s -> %d %s"
                    .formatted(
                            seed,
                            round,
                            call.method(),
                            path,
                            new String(body, StandardCharsets.UTF_8),
                            response.statusCode(),
                            response.body());
            assertThat(response.statusCode()).as(described).isNotEqualTo(500);
            if (response.statusCode() >= 400) {
                assertThat(response.headers().firstValue("Content-Type"))
                        .as(described)
                        .hasValue("application/problem+json");
                JsonNode problem = JsonMapper.shared().readTree(response.body());
                assertThat(problem.path("requestId").asString("")).as(described).isNotIn(Set.of("", "none"));
            }
        }
        assertThat(server.post("/api/v1/search", "{\"query\":\"tower\"}").statusCode())
                .isEqualTo(200);
    }

    private static byte[] damage(String json, Random random) {
        JsonNode root = JsonMapper.shared().readTree(json);
        for (int i = random.nextInt(3); i >= 0; i--) {
            change(root, random);
        }
        int depth = 1 + random.nextInt(2_000);
        String nested = "[".repeat(depth) + "]".repeat(depth);
        byte[] bytes = root.toString().replace("\"" + NESTED + "\"", nested).getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Changes one node somewhere below. */
    private static void change(JsonNode node, Random random) {
        switch (node) {
            case ObjectNode object -> {
                List<String> names = List.copyOf(object.propertyNames());
                String name = names.isEmpty() ? "new" : names.get(random.nextInt(names.size()));
                JsonNode child = object.path(name);
                if (child.isContainer() && random.nextBoolean()) {
                    change(child, random);
                } else if (random.nextInt(5) == 0) {
                    object.remove(name);
                } else {
                    object.set(random.nextInt(8) == 0 ? "unknown" : name, strange(random));
                }
            }
            case ArrayNode array -> {
                if (array.isEmpty() || random.nextInt(3) == 0) {
                    array.add(strange(random));
                } else if (array.get(0).isContainer() && random.nextBoolean()) {
                    change(array.get(0), random);
                } else {
                    array.set(0, strange(random));
                }
            }
            default -> throw new IllegalArgumentException("Not a container: " + node);
        }
    }

    private static JsonNode strange(Random random) {
        return switch (random.nextInt(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> NODES.numberNode(1e300 * random.nextDouble());
            case 4 -> NODES.stringNode("");
            case 5 -> NODES.stringNode("\u200B \u202E\u0000\n");
            case 6 -> NODES.stringNode("x".repeat(random.nextInt(20_000)));
            case 7 -> NODES.stringNode("\uD83D");
            case 8 -> NODES.stringNode("' OR 1=1 -- %27 ${jndi:x} ../../etc/passwd");
            case 9 -> NODES.arrayNode();
            case 10 -> NODES.arrayNode().add(NODES.nullNode()).add(7);
            case 11 -> NODES.objectNode();
            case 12 -> NODES.stringNode(NESTED);
            default ->
                NODES.stringNode(Character.toString(random.nextInt(1, 0xD7FF)).repeat(1 + random.nextInt(50)));
        };
    }

    /** Replaces the value of one parameter. */
    private static String damageQuery(String path, Random random) {
        List<String> values = List.of(
                "", "-1", "0", "1.5", "99999999999999999999", "null", "%00", "%E2%80%8B", "%27%22%3C", "%F0%9F");
        int equals = path.indexOf('=', random.nextInt(path.length() - 1));
        if (equals < 0) {
            return path;
        }
        int end = path.indexOf('&', equals);
        return path.substring(0, equals + 1)
                + values.get(random.nextInt(values.size()))
                + (end < 0 ? "" : path.substring(end));
    }
}
