package dev.lectern.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong values of every setting, as the start and {@code doctor} see them. */
class SettingValuesTest {
    private static final EnvironmentCheck CHECK = EnvironmentCheck.ofThisRelease();

    @TempDir
    private Path folder;

    /** Each setting with a number, a time or a size, with values beyond both ends. */
    static Stream<String> numbersBeyondTheirBounds() {
        List<String> wrong = new ArrayList<>();
        for (Setting setting : SettingCatalog.all()) {
            for (String value : beyond(setting.type())) {
                // Zero free space is what these two can be turned off with.
                if (!value.equals("0B") || !setting.key().startsWith("lectern.storage.")) {
                    wrong.add(setting.named("EU").variable() + "=" + value);
                }
            }
        }
        return wrong.stream();
    }

    private static List<String> beyond(String type) {
        return switch (type) {
            case "java.lang.Integer" -> List.of("-1", "2147483647");
            case "java.lang.Double" -> List.of("-0.1", "NaN", "Infinity", "1000");
            case "java.time.Duration" -> List.of("-1s", "30", "100000d", "99999999999999999d");
            case "org.springframework.util.unit.DataSize" -> List.of("-1KB", "100", "0B", "9000000TB", "99999999999TB");
            case "java.lang.Boolean" -> List.of("yes");
            case "java.net.URI" -> List.of("host/v1", "ftp://host/v1", "http:/host", "https://anna:hunter@host", "a b");
            default -> List.of();
        };
    }

    @ParameterizedTest
    @MethodSource("numbersBeyondTheirBounds")
    void number_beyondItsBounds_isRefusedInOneLineWithWhatToWrite(String assignment) {
        String[] parts = assignment.split("=", 2);
        assertRefused(Map.of(parts[0], parts[1]), parts[0]);
    }

    @Test
    void number_ofEverySetting_isPartOfTheTable() {
        assertThat(numbersBeyondTheirBounds()).hasSizeGreaterThan(150);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LECTERN_CHAT_MODEL | gpt-4 | LECTERN_CHAT_MODEL=gpt-4 has an unknown chat model \"gpt-4\". Write"
                        + " extractive, gemini:<model>, openai:<model> or <service>:<model>, or several of them"
                        + " separated by commas.",
                "LECTERN_CHAT_MODEL | claude:opus | LECTERN_CHAT_MODEL=claude:opus has the chat model \"claude:opus\" of"
                        + " a service that is not configured. Set LECTERN_SERVICE_CLAUDE_TYPE and"
                        + " LECTERN_SERVICE_CLAUDE_BASE_URL, or correct the name. Write extractive, gemini:<model>,"
                        + " openai:<model> or <service>:<model>, or several of them separated by commas.",
                "LECTERN_CHAT_MODEL | extractive,gemini:x | LECTERN_CHAT_MODEL=gemini:x requires an API key of Gemini."
                        + " Set LECTERN_GEMINI_API_KEY.",
                "LECTERN_CHAT_MODEL | gemini:gemini-3 | LECTERN_CHAT_MODEL=gemini:gemini-3 requires an API key of"
                        + " Gemini. Set LECTERN_GEMINI_API_KEY.",
                "LECTERN_CHAT_MODEL | openai:gpt-5 | LECTERN_CHAT_MODEL=openai:gpt-5 requires an API key or another"
                        + " address than OpenAI's. Set LECTERN_OPENAI_API_KEY or LECTERN_OPENAI_BASE_URL.",
                "LECTERN_CHAT_MODEL | openai: | LECTERN_CHAT_MODEL=openai: has an unknown chat model \"openai:\"."
                        + " Write extractive, gemini:<model>, openai:<model> or <service>:<model>, or several of them"
                        + " separated by commas.",
                "LECTERN_EMBEDDER | bge | LECTERN_EMBEDDER=bge is not an embedder. Write onnx:bge-small-en-v1.5,"
                        + " onnx:<folder>, gemini:<model>, openai:<model> or <service>:<model>.",
                "LECTERN_EMBEDDER | gemini:embed | LECTERN_EMBEDDER=gemini:embed requires an API key of Gemini. Set"
                        + " LECTERN_GEMINI_API_KEY.",
                "LECTERN_EMBEDDER | onnx:/no/such | LECTERN_EMBEDDER=onnx:/no/such cannot be used: The file"
                        + " /no/such/embedder.json does not exist or cannot be read. Write onnx:bge-small-en-v1.5 for the"
                        + " bundled model, or the path of a folder with a model.",
                "LECTERN_GEMINI_TEMPERATURE | 5 | LECTERN_GEMINI_TEMPERATURE=5.0 is not valid. Set it to a number from"
                        + " 0 to 2.",
                "LECTERN_GEMINI_EMBEDDING_DIMENSIONS | 50000 | LECTERN_GEMINI_EMBEDDING_DIMENSIONS=50000 is not valid."
                        + " Set it to a whole number from 1 to 4096.",
                "LECTERN_HTTP_COMMENT_EVERY | 0s | LECTERN_HTTP_COMMENT_EVERY=0s is not valid. Set it to a time from"
                        + " 10ms to 1h.",
                "LECTERN_HTTP_COMMENT_EVERY | 15 | LECTERN_HTTP_COMMENT_EVERY=15 is not a time with its unit (ms, s,"
                        + " m, h, d). Write for instance LECTERN_HTTP_COMMENT_EVERY=15s.",
                "LECTERN_PORT | 65536 | LECTERN_PORT=65536 is not valid. Set it to a whole number from 0 to 65535.",
                "LECTERN_HOST | http://localhost | LECTERN_HOST=http://localhost is not valid. Set it to an IP address"
                        + " or a host name without port, such as 127.0.0.1.",
                "LECTERN_HOST | localhost:8080 | LECTERN_HOST=localhost:8080 is not valid. Set it to an IP address or"
                        + " a host name without port, such as 127.0.0.1.",
                "LECTERN_DATABASE_CONNECTIONS | 0 | LECTERN_DATABASE_CONNECTIONS=0 is not valid. Set it to a whole"
                        + " number from 1 to 10000.",
                "LECTERN_DATABASE_REPORT_AFTER | 1s | LECTERN_DATABASE_REPORT_AFTER=1s is not valid. Set it to 0, or a"
                        + " time from 2s to 1d.",
                "LECTERN_MODELS_BACK_OFF | 30s | LECTERN_MODELS_MAX_BACK_OFF=8s is not valid. Set it to a time from"
                        + " 30s to 1h.",
                "LECTERN_INGESTION_PARSING_HEAP | 1GB | LECTERN_INGESTION_PARSING_HEAP=1GB is not valid. Set it to a"
                        + " size from 32MB to 448MB.",
                "LECTERN_INDEX_QDRANT_WRITE_CONSISTENCY_FACTOR | 2 | LECTERN_INDEX_QDRANT_WRITE_CONSISTENCY_FACTOR=2"
                        + " is not valid. Set it to a whole number from 1 to 1.",
                "LECTERN_INDEX_QDRANT_COLLECTION_PREFIX | a/b | LECTERN_INDEX_QDRANT_COLLECTION_PREFIX=a/b is not"
                        + " valid. Set it to 1 to 64 letters, digits, - and _.",
                "LECTERN_QDRANT_URL | localhost:6334 | LECTERN_QDRANT_URL is not a Qdrant address: it must be http or"
                        + " https, a host and a port. Example: LECTERN_QDRANT_URL=http://localhost:6334.",
                "LECTERN_QDRANT_API_KEY | a b | LECTERN_QDRANT_API_KEY is not valid. Set it to a key of visible ASCII"
                        + " characters, without spaces and line breaks.",
                "LECTERN_REDIS_URL | localhost | LECTERN_REDIS_URL=localhost is not the address of a Redis server,"
                        + " redis://host:6379 or rediss://host:6379. Write for instance"
                        + " LECTERN_REDIS_URL=redis://localhost:6379.",
                "LECTERN_SECURITY_ALLOWED_HOSTS | docs.example.org:8080 |"
                        + " LECTERN_SECURITY_ALLOWED_HOSTS=docs.example.org:8080 is not valid. Set it to host names"
                        + " without scheme, port and path, separated by commas, such as docs.example.org.",
                "LECTERN_LOG_LEVEL_INGESTOIN | debug | LECTERN_LOG_LEVEL_INGESTOIN is not valid. Set it to a variable"
                        + " that ends with the name of a module, such as LECTERN_LOG_LEVEL_INGESTION=debug.",
                "LECTERN_LOG_FORMAT | xml | LECTERN_LOG_FORMAT=xml is not one of text, json. Write for instance"
                        + " LECTERN_LOG_FORMAT=text.",
                "LECTERN_ORIGINALS_BUCKET | papers | LECTERN_ORIGINALS_BUCKET requires LECTERN_ORIGINALS_ACCESS_KEY"
                        + " and LECTERN_ORIGINALS_SECRET_KEY. Set both.",
                "LECTERN_ORIGINALS_ENDPOINT | s3.example.org | LECTERN_ORIGINALS_ENDPOINT=s3.example.org is not valid."
                        + " Set it to an http or https address without credentials, such as https://s3.example.org.",
            })
    void value_thatNoModuleCanUse_isRefusedWithThisLine(String variable, String value, String line) {
        assertThat(CHECK.check(Map.of(variable, value)).problems()).containsExactly(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LECTERN_EMBEDDER=openai:bge@50000 LECTERN_OPENAI_BASE_URL=http://localhost/v1 | from 1 to 4096 behind"
                        + " @",
                "LECTERN_EMBEDDER=openai:bge@0 LECTERN_OPENAI_BASE_URL=http://localhost/v1 | from 1 to 4096 behind @",
                "LECTERN_EMBEDDER=openai:@768 LECTERN_OPENAI_BASE_URL=http://localhost/v1 | needs a name",
                "LECTERN_CHAT_MODEL=extractive,openai:x LECTERN_OPENAI_API_KEY=k | Write extractive last",
                "LECTERN_CHAT_MODEL=openai:x,,openai:y LECTERN_OPENAI_API_KEY=k | unknown chat model \"\"",
                "LECTERN_ORIGINALS_FOLDER=/a LECTERN_ORIGINALS_BUCKET=b | Remove one of them",
                "LECTERN_DATABASE_URL=mysql://host/x | is not the address of a PostgreSQL database",
                "LECTERN_DATABASE_URL=postgresql://host/x?nonsense=1 | parameter that the PostgreSQL driver does not"
                        + " know",
                "LECTERN_HOST=0.0.0.0 | LECTERN_HOST=0.0.0.0 would serve the network without encryption. Set"
                        + " LECTERN_TLS_CERTIFICATE and LECTERN_TLS_KEY (for a trial: lectern tls self-signed), or"
                        + " LECTERN_HTTP_TRUSTED_PROXIES to the address of a reverse proxy with HTTPS. Where nobody else"
                        + " can listen, LECTERN_ALLOW_INSECURE=true allows it.",
                "LECTERN_HOST=:: LECTERN_ALLOW_INSECURE=false | would serve the network without encryption",
                "LECTERN_SECURITY_SESSION_MAX=1h | LECTERN_SECURITY_SESSION_IDLE=12h is longer than"
                        + " LECTERN_SECURITY_SESSION_MAX=1h, so that it has no effect. Write"
                        + " LECTERN_SECURITY_SESSION_IDLE=1h, or a shorter time.",
                "LECTERN_SECURITY_SESSION_IDLE=30d | LECTERN_SECURITY_SESSION_IDLE=30d is longer than",
                "LECTERN_SECURITY_OIDC_CLIENT_ID=lectern LECTERN_SECURITY_OIDC_ALLOWED_GROUPS=staff |"
                        + " LECTERN_SECURITY_OIDC_ALLOWED_GROUPS, LECTERN_SECURITY_OIDC_CLIENT_ID have no effect without"
                        + " LECTERN_SECURITY_OIDC_ISSUER. Set LECTERN_SECURITY_OIDC_ISSUER=https://",
                "LECTERN_SECURITY_OIDC_CREATE_ACCOUNTS=false | LECTERN_SECURITY_OIDC_CREATE_ACCOUNTS has no effect",
                "LECTERN_SECURITY_OIDC_CLIENT_SECRET=hunter | LECTERN_SECURITY_OIDC_CLIENT_SECRET has no effect",
                "LECTERN_HOST=192.0.2.7 | would serve the network without encryption",
                "LECTERN_QDRANT_URL=https://host:6334 LECTERN_INDEX_QDRANT_CERTIFICATES=/no/such.pem | is not a"
                        + " readable PEM file",
                "LECTERN_QDRANT_URL=http://anna:hunter@host:6334 | must not contain a user name or password",
                "LECTERN_SERVICE_EU_BASE_URL=http://host/v1 | LECTERN_SERVICE_EU_TYPE is not valid. Set it to the API of"
                        + " the service: gemini, openai, anthropic.",
                "LECTERN_SERVICE_EU_TYPE=openai | LECTERN_SERVICE_EU_BASE_URL is not valid. Set it to the base address"
                        + " of the service with its version, such as http://localhost:8000/v1.",
                "LECTERN_SERVICE_EU_TYPE=bedrock LECTERN_SERVICE_EU_BASE_URL=http://host/v1 | Write for instance"
                        + " LECTERN_SERVICE_EU_TYPE=gemini.",
                "LECTERN_SERVICE_OPENAI_TYPE=openai LECTERN_SERVICE_OPENAI_BASE_URL=http://host/v1 | Write the"
                        + " variables of this service with LECTERN_OPENAI_ at their begin.",
                "LECTERN_SERVICE_ONNX_TYPE=openai LECTERN_SERVICE_ONNX_BASE_URL=http://host/v1 | Write another one of"
                        + " up to 30 letters and digits.",
                "LECTERN_SERVICE_EU_TYPE=openai LECTERN_SERVICE_EU_BASE_URL=http://host/v1"
                        + " LECTERN_SERVICE_EU_API_KEY=hunter1 LECTERN_SERVICE_EU_API_KEYS=hunter2,hunter3 | are both"
                        + " set. Remove one of them.",
                "LECTERN_SERVICE_EU_TYPE=openai LECTERN_SERVICE_EU_BASE_URL=http://host/v1"
                        + " LECTERN_SERVICE_EU_HEADERS=hunter | Set it to name=value",
                "LECTERN_SERVICE_EU_TYPE=openai LECTERN_SERVICE_EU_BASE_URL=http://host/v1"
                        + " LECTERN_SERVICE_EU_HEADERS=Host=hunter | Set it to name=value",
                "LECTERN_SERVICE_EU_TYPE=openai LECTERN_SERVICE_EU_BASE_URL=http://host/v1"
                        + " LECTERN_SERVICE_EU_QUERY=version | Set it to name=value",
                "LECTERN_MODELS_STORED_KEYS=gemini,eu | names the service \"eu\", which is not configured.",
                "LECTERN_SERVICE_EU_TYPE=anthropic LECTERN_SERVICE_EU_BASE_URL=http://host/v1 LECTERN_SERVICE_EU_API_KEY=k"
                        + " LECTERN_EMBEDDER=eu:x | to an embedder of another service.",
                "LECTERN_SERVICE_EU_TYPE=gemini LECTERN_SERVICE_EU_BASE_URL=http://host/v1 LECTERN_CHAT_MODEL=eu:x |"
                        + " Set LECTERN_SERVICE_EU_API_KEY.",
            })
    void settings_thatContradictEachOther_areRefused(String assignments, String part) {
        Map<String, String> environment = environment(assignments);
        assertThat(assertRefused(environment, "LECTERN_")).contains(part).doesNotContain("hunter");
    }

    @ParameterizedTest
    @CsvSource({
        "LECTERN_EMBEDDER=openai:bge@1024 LECTERN_OPENAI_BASE_URL=http://localhost:11434/v1",
        "LECTERN_EMBEDDER=onnx:bge-small-en-v1.5 LECTERN_CHAT_MODEL=extractive",
        "'LECTERN_CHAT_MODEL=gemini:a,openai:b,extractive LECTERN_GEMINI_API_KEY=k LECTERN_OPENAI_API_KEY=k'",
        "LECTERN_HOST=0.0.0.0 LECTERN_HTTP_TRUSTED_PROXIES=10.0.0.0/8 LECTERN_SECURITY_ALLOWED_HOSTS=docs.example.org",
        "LECTERN_HOST=0.0.0.0 LECTERN_PORT=0 LECTERN_ALLOW_INSECURE=true",
        "LECTERN_HOST=localhost",
        "LECTERN_CHAT_MODEL=gemini:x LECTERN_MODELS_STORED_KEYS=gemini",
        "'LECTERN_CHAT_MODEL=eu:x,us1:y LECTERN_EMBEDDER=us1:bge@1024 LECTERN_SERVICE_EU_TYPE=gemini"
                + " LECTERN_SERVICE_EU_BASE_URL=https://host/v1beta LECTERN_SERVICE_EU_API_KEYS=k1,k2"
                + " LECTERN_SERVICE_US1_TYPE=openai LECTERN_SERVICE_US1_BASE_URL=https://host/v1"
                + " LECTERN_SERVICE_US1_QUERY=api-version=2024-10-21 LECTERN_SERVICE_US1_HEADERS=api-key=a%2Cb,X-Team=docs'",
        "LECTERN_SECURITY_SESSION_MAX=24h LECTERN_SECURITY_SESSION_IDLE=24h",
        "LECTERN_SECURITY_OIDC_GROUPS_CLAIM=groups LECTERN_SECURITY_OIDC_CREATE_ACCOUNTS=true",
        "LECTERN_HOST=::1 LECTERN_DATABASE_CONNECTIONS=1 LECTERN_DATABASE_REPORT_AFTER=0",
        "LECTERN_DATABASE_URL=postgresql://lectern@db.example.org:5432/lectern?sslmode=verify-full",
        "LECTERN_LOG_LEVEL_INGESTION=debug LECTERN_LOG_LEVEL_INDEX_LUCENE=off LECTERN_ANSWERING_SHUTDOWN_GRACE=0s",
        "LECTERN_QDRANT_URL=http://localhost:6334 LECTERN_REDIS_URL=redis://user:secret@localhost:6379/1",
    })
    void settings_thatAreValid_areAccepted(String assignments) {
        assertThat(CHECK.check(environment(assignments)).problems()).isEmpty();
    }

    @Test
    void embedder_whoseFolderLacksAFile_isRefusedWithTheFile() throws Exception {
        Files.writeString(folder.resolve("embedder.json"), "{\"name\":\"x\"}");
        Map<String, String> environment = Map.of("LECTERN_EMBEDDER", "onnx:" + folder);
        assertThat(assertRefused(environment, "LECTERN_EMBEDDER")).contains("model.onnx does not exist");
        Files.writeString(folder.resolve("model.onnx"), "");
        Files.writeString(folder.resolve("tokenizer.json"), "");
        assertThat(assertRefused(environment, "LECTERN_EMBEDDER")).contains("needs a \"dimensions\"");
    }

    @Test
    void defaults_ofAllSettings_areAccepted() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("LECTERN_SERVICE_EU_TYPE", "openai");
        environment.put("LECTERN_SERVICE_EU_BASE_URL", "http://localhost:8000/v1");
        SettingCatalog.all().stream()
                .filter(setting -> !setting.defaultValue().isEmpty())
                .forEach(setting -> environment.put(
                        setting.named("EU").variable(), setting.defaultValue()));
        assertThat(CHECK.check(environment).problems()).isEmpty();
    }

    @Test
    void commandLine_replacesTheEnvironment() {
        Map<String, String> environment = Map.of("LECTERN_PORT", "65536");
        assertThat(CHECK.check(environment, Map.of("lectern.port", "8081")).problems())
                .isEmpty();
        assertThat(CHECK.check(Map.of(), Map.of("lectern.port", "99999")).problems())
                .containsExactly("LECTERN_PORT=99999 is not valid. Set it to a whole number from 0 to 65535.");
    }

    private String assertRefused(Map<String, String> environment, String variable) {
        List<String> problems = CHECK.check(environment).problems();
        assertThat(problems).as(environment.toString()).hasSize(1);
        assertThat(problems.getFirst())
                .startsWith(variable)
                .matches("(?s).*(Set|Write|Example|Remove|must not|needs|Correct).*")
                .doesNotContain("\n", "Exception", "java.");
        return problems.getFirst();
    }

    private static Map<String, String> environment(String assignments) {
        Map<String, String> environment = new TreeMap<>();
        for (String assignment : assignments.split(" ", -1)) {
            String[] parts = assignment.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return environment;
    }
}
