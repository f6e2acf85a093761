package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests that are refused before they reach a controller, some of them before any filter: all get the same kind of error. */
@NeedsServer
class MalformedRequestTest {
    private static final String CLOSE = "Host: localhost\r\nConnection: close\r\n\r\n";
    private static final Pattern ID = Pattern.compile("(?i)X-Request-Id: (\\S+)");

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /WEB-INF/web.xml HTTP/1.1, 404, not_found",
        "GET /META-INF/MANIFEST.MF HTTP/1.1, 404, not_found",
        "GET /%zz HTTP/1.1, 400, invalid_request",
        "GET /api/v1/jobs?limit=%zz HTTP/1.1, 400, invalid_request",
        "GET /a%00b HTTP/1.1, 400, invalid_request",
        "GET /a/..%2f..%2fb HTTP/1.1, 400, invalid_request",
        "GET / HTTP/9.9, 505, http_version_not_supported",
        "GET / HTTP/1.1 x, 400, invalid_request",
        "G@T / HTTP/1.1, 400, invalid_request",
    })
    void requestLine_thatIsRefused_isAProblem(String line, int status, String code) throws Exception {
        String response = RawRequest.send(server, line + "\r\n" + CLOSE);
        assertProblem(response, status, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask", "search", "collections", "collections/default/documents"})
    void chunkThatIsMalformed_isAProblem(String path) throws Exception {
        String type = path.endsWith("documents") ? "multipart/form-data; boundary=x" : "application/json";
        String response = RawRequest.send(
                server,
                "POST /api/v1/" + path + " HTTP/1.1\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n"
                        + CLOSE + "5\r\n{\"nam\r\nZZ\r\n");
        assertProblem(response, 400, "invalid_request");
    }

    @Test
    void longAddress_andLargeHeaders_areProblems() throws Exception {
        assertProblem(
                RawRequest.send(server, "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\n" + CLOSE), 414, "uri_too_long");
        assertProblem(
                RawRequest.send(server, "GET / HTTP/1.1\r\nX-Large: " + "a".repeat(10_000) + "\r\n" + CLOSE),
                431,
                "headers_too_large");
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: x",
        "Transfer-Encoding: gzip",
        "'Content-Length: 1\r\nContent-Length: 2'",
        "Host: a b",
        "no colon",
    })
    void header_thatIsMalformed_isAProblem(String header) throws Exception {
        String response = RawRequest.send(server, "POST /api/v1/search HTTP/1.1\r\n" + header + "\r\n" + CLOSE);
        assertThat(response).startsWith("HTTP/1.1 4");
        assertProblem(response, Integer.parseInt(response.substring(9, 12)), "invalid_request");
    }

    @Test
    void cookieHeader_thatIsMalformed_isIgnored_orAProblemWithAnId() throws Exception {
        for (String cookie :
                new String[] {"lectern_visitor=\"a;b", "=;=;,;\"", "a=b\u0001c", "\u00ff=\u00ff", "$Version=1; a"}) {
            String response =
                    RawRequest.send(server, "GET /api/v1/collections HTTP/1.1\r\nCookie: " + cookie + "\r\n" + CLOSE);
            if (!response.startsWith("HTTP/1.1 200")) {
                assertProblem(response, 400, "invalid_request");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TRACE, /api/v1/collections, 'GET, HEAD, OPTIONS, POST'",
        "TRACE, /, 'GET, HEAD, OPTIONS'",
        "PUT, /api/v1/collections, 'GET, HEAD, OPTIONS, POST'",
        "GET, /api/v1/search, 'OPTIONS, POST'",
        "POST, /health, 'GET, HEAD, OPTIONS'",
        "DELETE, /icon.svg, 'GET, HEAD, OPTIONS'",
        "FOO, /api/v1/collections/default, 'DELETE, GET, HEAD, OPTIONS, PATCH'",
    })
    void methodThatIsNotAllowed_namesTheOthers(String method, String path, String allowed) throws Exception {
        String response =
                RawRequest.send(server, method + " " + path + " HTTP/1.1\r\nCookie: secret=swordfish\r\n" + CLOSE);
        assertProblem(response, 405, "method_not_allowed");
        assertThat(response).contains("Allow: " + allowed + "\r\n").doesNotContain("swordfish");
    }

    @Test
    void headAndOptions_answerWithoutABody() throws Exception {
        String head = RawRequest.send(server, "HEAD /api/v1/collections HTTP/1.1\r\n" + CLOSE);
        assertThat(head).startsWith("HTTP/1.1 200").contains("application/json").endsWith("\r\n\r\n");
        String options = RawRequest.send(server, "OPTIONS /api/v1/collections HTTP/1.1\r\n" + CLOSE);
        assertThat(options)
                .startsWith("HTTP/1.1 200")
                .containsPattern("(?i)Allow: .*POST")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search | {'query':5} | query | string",
                "search | {'query':'a','foo':1} | foo | unknown",
                "search | {'query':'a','limit':1.5} | limit | whole number",
                "search | {'query':'a','limit':'5'} | limit | whole number",
                "search | {'query':'a','limit':99999999999} | limit | whole number",
                "search | {'query':'a','limit':0} | limit | 1 to 100",
                "search | {'query':'a','mode':'fast'} | mode | hybrid",
                "search | {'query':'a','collections':[null]} | collections[0] | null",
                "search | {'query':'a','collections':'b'} | collections | array",
                "search | {'query':'\u200b\u2060'} | query | empty",
                "ask | {'question':'a','collections':[null]} | collections[0] | null",
                "ask | {'question':'a','collections':[{}]} | collections[0] | string",
                "ask | {'question':'a','history':[null]} | history[0] | null",
                "ask | {'question':'a','history':[{'question':true}]} | history[0].question | string",
                "ask | {'question':'a','history':[{'answer':'b'}]} | history[0].question | visible",
                "ask | {'question':'a','stream':'true'} | stream | true or false",
                "ask | {'question':'a','stream':1} | stream | true or false",
                "ask | {'question':' \u200b\u202e '} | question | empty",
                "conversations | {'collections':[null]} | collections[0] | null",
                "conversations | {'title':false} | title | string",
                "conversations | {'title':'\u200b'} | title | 0",
                "collections | {'name':false} | name | string",
                "collections | {'name':'\u202e'} | name | 0 visible",
                "conversations/c/messages | {'content':'a','replaces':''} | replaces | empty",
                "messages/m/feedback | {'rating':1} | rating | string",
                "messages/m/feedback | {'rating':'up','stars':5} | stars | unknown",
            })
    void body_withAWrongValue_namesTheField(String path, String body, String field, String message) throws Exception {
        HttpResponse<String> response = server.post("/api/v1/" + path, body.replace('\'', '"'));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode problem = JsonMapper.shared().readTree(response.body());
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
        assertThat(problem.at("/errors/0/message").asString()).contains(message);
        assertThat(problem.at("/detail").asString()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":\"a\",\"query\":\"b\"}",
                "{\"query\":\"a\"} {}",
                "[]",
                "\"a\"",
                "null",
                "",
                "{\"query\":\"a\""
            })
    void body_thatIsNotOneObject_isRefused(String body) throws Exception {
        HttpResponse<String> response = server.post("/api/v1/search", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conversations", "sources/s/scan"})
    void bodyThatIsNull_isNotTakenForNone(String path) throws Exception {
        HttpResponse<String> response = server.post("/api/v1/" + path, "null");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("The body must be a JSON object.");
        assertThat(server.post("/api/v1/" + path, "").body()).doesNotContain("invalid_request");
    }

    @ParameterizedTest
    @CsvSource({
        "jobs?limit=1.5, limit",
        "jobs?limit=201, limit",
        "jobs?limit=-1, limit",
        "jobs?cursor=garbage, cursor",
        "jobs?cursor=AAAAAGFi, cursor",
        "conversations?limit=0, limit",
        "conversations?limit=99999999999, limit",
        "conversations?cursor=garbage, cursor",
        "collections/default/documents?limit=201, limit",
        "collections/default/documents?limit=ten, limit",
        "collections/default/documents?cursor=garbage, cursor",
        "collections/default/documents?status=lost, status",
        "collections/default/documents?status=, status",
        "jobs?limit=, limit",
        "jobs?limit, limit",
        "jobs?limit=5&limit=7, limit",
        "jobs?limit=5&%6cimit=7, limit",
        "conversations?q=a&q=b, q",
        "conversations/c/export?format=, format",
        "conversations/c/messages?before=, before",
        "conversations/c/messages?branch=, branch",
        "documents/d/text?lines=, lines",
    })
    void parameter_outOfBounds_isNamed(String path, String parameter) throws Exception {
        HttpResponse<String> response = server.get("/api/v1/" + path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(JsonMapper.shared()
                        .readTree(response.body())
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo(parameter);
        assertThat(server.get("/api/v1/jobs?unknown=parameter").statusCode()).isEqualTo(200);
        assertThat(server.get("/api/v1/conversations?q=&cursor=&limit=5").statusCode())
                .isEqualTo(200);
    }

    @Test
    void acceptThatNothingMatches_isRefusedBeforeAnyWork() throws Exception {
        String before = server.get("/api/v1/collections").body();
        for (String request : List.of(
                "POST ask {\"question\":\"a\"}",
                "POST search {\"query\":\"a\"}",
                "POST collections {\"name\":\"Unwanted\"}",
                "POST conversations {}",
                "DELETE collections/default ",
                "GET jobs/1/events ")) {
            String[] parts = request.split(" ", 3);
            HttpResponse<String> response = server.send(server.request("/api/v1/" + parts[1])
                    .header("Accept", "text/html")
                    .header("Content-Type", "application/json")
                    .method(parts[0], TestServer.body(parts[2])));
            assertThat(response.statusCode()).as(request + response.body()).isEqualTo(406);
            assertThat(response.body()).contains("not_acceptable");
        }
        assertThat(server.get("/api/v1/collections").body()).isEqualTo(before);
        assertThat(server.send(server.request("/health/live").header("Accept", "text/html"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void names_areCleaned_andTimesStayAsTheyWereCreated() throws Exception {
        HttpResponse<String> created =
                server.post("/api/v1/collections", "{\"name\":\"  gnp\u202e\\n\\tgit\\u0007 \u200b\"}");
        JsonNode collection = JsonMapper.shared().readTree(created.body());
        assertThat(collection.path("name").asString()).isEqualTo("gnp git");
        String address = "/api/v1/collections/" + collection.path("id").asString();
        assertThat(JsonMapper.shared().readTree(server.get(address).body()).path("createdAt"))
                .isEqualTo(collection.path("createdAt"));
        assertThat(collection.path("createdAt").asString()).matches("[-\\d]{10}T[:\\d]{8}\\.\\d{3}Z");

        String cookie = server.newCookie("/api/v1/conversations");
        HttpResponse<String> begun = server.send(server.request("/api/v1/conversations")
                .header("Cookie", cookie)
                .header("Content-Type", "application/json")
                .POST(TestServer.body("{\"title\":\"a\\r\\n\u2066b\"}")));
        JsonNode conversation = JsonMapper.shared().readTree(begun.body());
        assertThat(conversation.path("title").asString()).isEqualTo("a b");
        assertThat(server.send(server.request("/api/v1/conversations/"
                                        + conversation.path("id").asString())
                                .header("Cookie", cookie))
                        .body())
                .isEqualTo(begun.body());
    }

    @ParameterizedTest
    @CsvSource({
        "ask, multipart/form-data",
        "collections/default/documents, multipart/form-data",
        "collections/default/documents, multipart/form-data; boundary=b"
    })
    void multipartThatIsMalformed_isAProblem(String path, String type) throws Exception {
        HttpResponse<String> refused = server.send(server.request("/api/v1/" + path)
                .header("Content-Type", type)
                .POST(TestServer.body(
                        "--b\r\nContent-Disposition: form-data; name=\"\u0018\"\r\n\r\ntext\r\n--c--\r\n")));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(JsonMapper.shared().readTree(refused.body()).path("code").asString())
                .isEqualTo("invalid_request");
    }

    @Test
    void uploadedName_isCleaned() throws Exception {
        String body =
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"gnp\u202efdp.txt\"\r\n\r\ntext\r\n--b--\r\n";
        HttpResponse<String> uploaded = server.send(server.request("/api/v1/collections/default/documents")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(TestServer.body(body)));
        assertThat(uploaded.statusCode()).isEqualTo(202);
        assertThat(uploaded.body()).contains("gnpfdp.txt").doesNotContain("\u202e");
    }

    @Test
    void headOfAStream_hasHeadersAndEnds() throws Exception {
        HttpResponse<String> uploaded = server.send(
                server.request("/api/v1/collections/default/documents")
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(
                                TestServer.body(
                                        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\na\r\n--b--\r\n")));
        String job = JsonMapper.shared().readTree(uploaded.body()).at("/job/id").asString();
        String head = RawRequest.send(server, "HEAD /api/v1/jobs/" + job + "/events HTTP/1.1\r\n" + CLOSE);
        assertThat(head)
                .startsWith("HTTP/1.1 200")
                .contains("text/event-stream")
                .endsWith("\r\n\r\n");
    }

    private static void assertProblem(String response, int status, String code) {
        assertThat(response).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json");
        Matcher id = ID.matcher(response);
        assertThat(id.find()).as(response).isTrue();
        JsonNode problem = JsonMapper.shared().readTree(response.substring(response.indexOf("\r\n\r\n") + 4));
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("type").asString()).isEqualTo("urn:lectern:problem:" + code);
        assertThat(problem.path("detail").asString()).isNotEmpty();
        assertThat(problem.path("requestId").asString()).isEqualTo(id.group(1)).isNotEqualTo("none");
    }
}
