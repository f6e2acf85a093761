package dev.lectern.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lectern.cli.doctor.DiagnosticCheck.Finding;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor says of settings that the server starts with or refuses, without a server. */
class DiagnosticChecksTest {
    private static final String NAMES = "only requests for localhost are answered";

    @TempDir
    private Path folder;

    private List<Finding> findings(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of("LECTERN_PORT", "0", "LECTERN_ALLOW_INSECURE", "true"));
        for (String one : more) {
            environment.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        return DiagnosticChecks.of(environment, folder.resolve("data")).stream()
                .flatMap(check -> check.run().stream())
                .toList();
    }

    @Test
    void allInterfaces_withoutAName_areWarnedOf() {
        for (String host : List.of("0.0.0.0", "::")) {
            assertThat(findings("LECTERN_HOST=" + host))
                    .anySatisfy(finding -> {
                        assertThat(finding.state()).isEqualTo(DiagnosticCheck.State.WARNING);
                        assertThat(finding.sentence()).contains(NAMES, "LECTERN_SECURITY_ALLOWED_HOSTS");
                    });
        }
        assertThat(findings("LECTERN_HOST=0.0.0.0", "LECTERN_SECURITY_ALLOWED_HOSTS=localhost"))
                .anySatisfy(finding -> assertThat(finding.sentence()).contains(NAMES));
    }

    @Test
    void identityProvider_isAskedOnline() throws Exception {
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String issuer = "http://127.0.0.1:" + provider.getAddress().getPort();
        AtomicReference<String> named = new AtomicReference<>(issuer);
        provider.createContext("/.well-known/openid-configuration", exchange -> {
            byte[] document = ("{'issuer':'" + named.get() + "','authorization_endpoint':'" + issuer
                            + "/a','token_endpoint':'" + issuer + "/t','jwks_uri':'" + issuer
                            + "/j','response_types_supported':['code'],'subject_types_supported':['public'],"
                            + "'id_token_signing_alg_values_supported':['RS256']}")
                    .replace('\'', '"')
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, document.length);
            exchange.getResponseBody().write(document);
            exchange.close();
        });
        provider.start();
        assertThat(online(issuer).state()).isEqualTo(DiagnosticCheck.State.PASSED);
        named.set("https://id.example.org");
        assertThat(online(issuer).sentence())
                .contains("LECTERN_SECURITY_OIDC_ISSUER=" + issuer, "names the issuer https://id.example.org instead of");
        provider.stop(0);
        assertThat(online(issuer).state()).isEqualTo(DiagnosticCheck.State.FAILED);
        assertThat(online(issuer).sentence()).contains("ConnectException").doesNotContain("null");
    }

    private static Finding online(String issuer) {
        Map<String, String> environment =
                Map.of("LECTERN_SECURITY_OIDC_ISSUER", issuer, "LECTERN_SECURITY_OIDC_CLIENT_ID", "lectern");
        return DiagnosticChecks.online(environment).stream()
                .flatMap(check -> check.run().stream())
                .filter(finding -> finding.sentence().contains(issuer))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namedServer_andOneOnItsMachine_areNot() {
        for (String[] settings : new String[][] {
            {"LECTERN_HOST=127.0.0.1"},
            {"LECTERN_HOST=0.0.0.0", "LECTERN_SECURITY_ALLOWED_HOSTS=docs.example.org"},
            {"LECTERN_HOST=0.0.0.0", "LECTERN_HTTP_PUBLIC_URL=https://docs.example.org"}
        }) {
            assertThat(findings(settings))
                    .noneSatisfy(finding -> assertThat(finding.sentence()).contains(NAMES));
        }
    }
}
