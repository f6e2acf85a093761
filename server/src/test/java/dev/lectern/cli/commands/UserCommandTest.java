package dev.lectern.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.cli.client.ServerAddressFile;
import dev.lectern.cli.doctor.DiagnosticCheck;
import dev.lectern.cli.doctor.DiagnosticChecks;
import dev.lectern.configuration.StartFailureReporter;
import dev.lectern.security.AdministratorInvitation;
import dev.lectern.security.signin.Browser;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.jdbc.core.simple.JdbcClient;

@NeedsServer
@ResourceLock(Resources.SYSTEM_OUT)
class UserCommandTest {
    private static final Pattern LINK = Pattern.compile("/reset#([\\w-]{43})");
    private static final List<String> ON_THE_NETWORK = List.of(
            "lectern.host=0.0.0.0",
            "lectern.http.trusted-proxies=127.0.0.1",
            "lectern.security.allowed-hosts=localhost");

    @TempDir
    Path parent;

    @Test
    void networkWithoutAnAdministrator_isRefused_untilTheCommandHasAddedOne() throws Exception {
        Path data = Files.createDirectory(parent.resolve("data"));
        assertThatThrownBy(() -> TestServer.start(data, ON_THE_NETWORK))
                .satisfies(failure -> assertThat(StartFailureReporter.describe(failure))
                        .contains(
                                "LECTERN_HOST=0.0.0.0", "lectern user create --admin NAME", "LECTERN_ALLOW_INSECURE"));
        assertThat(administratorFinding(data).state()).isEqualTo(DiagnosticCheck.State.FAILED);
        assertThat(administratorFinding(data).sentence()).contains("lectern user create --admin NAME --data " + data);
        assertThat(CommandOutput.of("user", data).out()).contains("Nobody can sign in yet");
        CommandOutput created = CommandOutput.of("user create", data, "--admin", "Anna", "--email", "a@example.org");
        assertThat(created.exitCode()).as(created.errors()).isZero();
        assertThat(created.out()).contains("Added anna as administrator", "Start the server");
        assertThat(administratorFinding(data).state()).isEqualTo(DiagnosticCheck.State.PASSED);
        CommandOutput taken = CommandOutput.of("user create", data, "anna");
        assertThat(taken.exitCode()).isNotZero();
        assertThat(taken.errors()).contains("\"anna\" is taken");
        try (TestServer server = TestServer.start(data, ON_THE_NETWORK)) {
            assertThat(server.bean(AdministratorInvitation.class).isNeeded()).isFalse();
            ServerAddressFile.write(server.folder(), server.address("/"));
            assertThat(choosePassword(server, created, "correct horse battery staple"))
                    .isEqualTo(204);
            Browser anna = new Browser(server);
            assertThat(anna.signIn("anna", "correct horse battery staple").statusCode())
                    .isEqualTo(200);
            assertThat(Browser.json(anna.get("/session"))
                            .path("isAdministrator")
                            .asBoolean())
                    .isTrue();
            assertThat(CommandOutput.of("user list", data).out()).contains("anna  administrator, signed in last");

            CommandOutput reset = CommandOutput.of("user reset-password", data, "ANNA");
            assertThat(reset.out()).contains("http://", "valid until");
            assertThat(choosePassword(server, reset, "another horse battery staple"))
                    .isEqualTo(204);
            assertThat(Browser.json(anna.get("/session")).has("user")).isFalse();
            JdbcClient jdbc = server.bean(JdbcClient.class);
            jdbc.sql("UPDATE user_account SET second_factor = 'v1:00000000:x'").update();
            assertThat(finding(data, "second factors").sentence())
                    .contains("1 secret", "encryption-key is missing", "remove-second-factor");
            assertThat(CommandOutput.of("user remove-second-factor", data, "Anna").out())
                    .contains("Removed the second factor of anna");
            assertThat(CommandOutput.of("user remove-second-factor", data, "anna").out())
                    .contains("anna has no second factor");
            assertThat(finding(data, "secrets in the database").state()).isEqualTo(DiagnosticCheck.State.PASSED);
            assertThat(jdbc.sql("SELECT caller FROM audit_entry WHERE action = 'second_factor.changed'")
                            .query(String.class)
                            .single())
                    .startsWith("operator");

            assertThat(CommandOutput.of("user reset-password", data, "nobody").errors())
                    .contains("Nobody is named nobody");
        }
    }

    @Test
    void startThatFails_leavesNoFolderBehind() throws Exception {
        Path data = parent.resolve("refused");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandOutput refused = CommandOutput.of("serve", data, "--port", Integer.toString(taken.getLocalPort()));
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.errors()).contains("LECTERN_PORT");
        }
        assertThat(data).doesNotExist();
    }

    private static DiagnosticCheck.Finding administratorFinding(Path data) {
        return finding(data, "administrator");
    }

    private static DiagnosticCheck.Finding finding(Path data, String part) {
        Map<String, String> environment = Map.of(
                "LECTERN_HOST", "0.0.0.0",
                "LECTERN_PORT", "0",
                "LECTERN_HTTP_TRUSTED_PROXIES", "127.0.0.1",
                "LECTERN_SECURITY_ALLOWED_HOSTS", "localhost");
        return DiagnosticChecks.of(environment, data).stream()
                .flatMap(check -> check.run().stream())
                .filter(finding -> finding.sentence().contains(part))
                .findFirst()
                .orElseThrow();
    }

    private static int choosePassword(TestServer server, CommandOutput output, String password) throws Exception {
        Matcher link = LINK.matcher(output.out());
        assertThat(link.find()).as(output.out()).isTrue();
        return new Browser(server)
                .send("POST", "/password-reset", "{'token':'" + link.group(1) + "','password':'" + password + "'}")
                .statusCode();
    }
}
