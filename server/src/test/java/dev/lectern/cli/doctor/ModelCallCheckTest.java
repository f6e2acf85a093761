package dev.lectern.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.cli.doctor.DiagnosticCheck.Finding;
import dev.lectern.cli.doctor.DiagnosticCheck.State;
import dev.lectern.models.remote.ScriptedServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCallCheckTest {
    private static final String REPLY = "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"OK\"},"
            + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final String KEY = "key-that-nobody-may-see";

    @Test
    void online_everyConfiguredModel_isCalledOnceAndReported() throws Exception {
        try (ScriptedServer good = new ScriptedServer((n, out) -> {
                    if (n == 0) {
                        ScriptedServer.stream(out);
                        ScriptedServer.write(out, REPLY);
                    } else {
                        ScriptedServer.json(out, "{\"data\":[{\"index\":0,\"embedding\":[3.0,4.0]}]}");
                    }
                });
                ScriptedServer refusing = new ScriptedServer((n, out) -> ScriptedServer.status(out, 401))) {
            List<Finding> findings = run(Map.of(
                    "LECTERN_CHAT_MODEL",
                    "openai:small,gemini:flash,extractive",
                    "LECTERN_EMBEDDER",
                    "openai:tiny@2",
                    "LECTERN_OPENAI_BASE_URL",
                    good.uri("/v1").toString(),
                    "LECTERN_OPENAI_API_KEY",
                    KEY,
                    "LECTERN_GEMINI_BASE_URL",
                    refusing.uri("/v1beta").toString(),
                    "LECTERN_GEMINI_API_KEY",
                    KEY));
            assertThat(findings).extracting(Finding::state).containsExactly(State.PASSED, State.FAILED, State.PASSED);
            assertThat(findings.get(0).sentence()).startsWith("Chat model openai:small replied (");
            assertThat(findings.get(1).sentence())
                    .isEqualTo("Chat model gemini:flash: Gemini rejected the API key (status 401)."
                            + " Check LECTERN_GEMINI_API_KEY.");
            assertThat(findings.get(2).sentence())
                    .startsWith("Embedder openai:tiny@2 returned an embedding with 2 dimensions");
            assertThat(findings.toString()).doesNotContain(KEY);
            assertThat(good.connections()).isEqualTo(2);
            assertThat(refusing.connections()).isOne();
            assertThat(good.requests().getFirst()).as("a tiny request").hasSizeLessThan(900);
        }
    }

    @Test
    void online_noServiceConfigured_callsNothing() {
        assertThat(run(Map.of())).extracting(Finding::state).containsExactly(State.PASSED);
    }

    @Test
    void withoutOnline_noModelIsCalled(@TempDir Path folder) throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> ScriptedServer.status(out, 401))) {
            Map<String, String> environment = Map.of(
                    "LECTERN_CHAT_MODEL",
                    "openai:small",
                    "LECTERN_OPENAI_BASE_URL",
                    server.uri("/v1").toString(),
                    "LECTERN_OPENAI_API_KEY",
                    KEY);
            DiagnosticChecks.of(environment, folder).forEach(DiagnosticCheck::run);
            assertThat(server.requests().stream().filter(request -> request.contains("POST")))
                    .isEmpty();
        }
    }

    private static List<Finding> run(Map<String, String> environment) {
        return DiagnosticChecks.online(environment).stream()
                .flatMap(check -> check.run().stream())
                .toList();
    }

    @Test
    void addressesOfNamedServices_areChecked() {
        assertThat(DiagnosticChecks.serviceAddresses(Map.of(
                        "lectern.model-service.eu.base-url", "https://host/v1",
                        "lectern.model-service.eu.type", "openai",
                        "lectern.gemini.base-url", "https://host/v1")))
                .containsExactly(Map.entry("eu", "LECTERN_SERVICE_EU_BASE_URL"));
    }
}
