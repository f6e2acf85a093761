package dev.lectern.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.cli.client.ServerAddressFile;
import dev.lectern.configuration.EnvironmentCheck;
import dev.lectern.storage.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.pem.PemContent;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ResourceLock(Resources.SYSTEM_OUT)
class CommandsTest {
    @TempDir
    Path folder;

    @Test
    void help_showsExamplesAndExitCodes() {
        CommandOutput commandOutput = CommandOutput.of("--help");
        assertThat(commandOutput.exitCode()).isZero();
        assertThat(commandOutput.out())
                .contains("serve", "ingest", "ask", "search", "doctor", "Examples:", "Exit codes:");
        assertThat(commandOutput.out()).doesNotContain("train", "\u001b[");
    }

    @Test
    void unknownCommand_isAUsageError() {
        assertThat(CommandOutput.of("srve").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(CommandOutput.of().exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void serve_folderThatIsNone_isAUsageError() {
        assertThat(CommandOutput.of("serve", folder.resolve("none").toString()).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "ingest"})
    void addFolder_dataFolder_isAUsageErrorInOneLineAndMakesNothing(String command) throws Exception {
        Path documents = Files.createDirectories(folder.resolve("documents"));

        CommandOutput refused = CommandOutput.of(command, documents, documents.toString());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.errors().lines())
                .singleElement()
                .asString()
                .startsWith("lectern: The folder " + documents + " is a data folder of Lectern")
                .contains("keep the data elsewhere with LECTERN_DATA, such as in " + documents + "/lectern-data");
        assertThat(documents).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void selfSigned_makesAKeyForItsOwnerAlone_andACertificateThatTheServerAccepts() throws Exception {
        Path target = folder.resolve("tls");
        String[] command = {
            "tls", "self-signed", "--host", "docs.example.org", "--host", "192.0.2.7", "--folder", target.toString()
        };
        CommandOutput made = CommandOutput.of(command);
        assertThat(made.exitCode()).isZero();
        Path key = target.resolve("key.pem");
        Path certificate = target.resolve("certificate.pem");
        assertThat(made.out()).contains("LECTERN_TLS_CERTIFICATE=" + certificate + " LECTERN_TLS_KEY=" + key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(made.out()).contains("LECTERN_SECURITY_ALLOWED_HOSTS=docs.example.org,192.0.2.7");
        assertThat(EnvironmentCheck.ofThisRelease()
                        .check(Map.of(
                                "LECTERN_TLS_CERTIFICATE", certificate.toString(), "LECTERN_TLS_KEY", key.toString()))
                        .problems())
                .isEmpty();
        assertThat(PemContent.load(certificate).getCertificates().getFirst().getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("docs.example.org", "192.0.2.7", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");

        CommandOutput again = CommandOutput.of(command);
        assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(again.errors()).contains("key.pem exists and is not replaced.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--host=https://docs.example.org", "--host=999.1.1.1", "--days=0", "--days=826"})
    void selfSigned_invalidValue_isAUsageErrorInOneLine(String option) {
        CommandOutput refused = CommandOutput.of(
                "tls", "self-signed", option, "--folder", folder.resolve("tls").toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.errors().lines()).singleElement().asString().startsWith("lectern: ");
        assertThat(folder.resolve("tls")).doesNotExist();
    }

    @Test
    void doctor_goodFolder_saysSo_andMakesNothing() {
        Path data = folder.resolve("data");
        CommandOutput commandOutput = CommandOutput.of("doctor", "--data", data.toString());
        assertThat(commandOutput.out()).contains("can be created", "settings of the environment are valid");
        assertThat(data).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void doctor_folderThatOthersCanRead_isAFailureWithTheRemedy() throws Exception {
        Path database = Files.createFile(folder.resolve("lectern.db"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));
        CommandOutput open = CommandOutput.of("doctor", folder);
        assertThat(open.out())
                .contains(database + " is open to other users of this machine. Run: chmod -R go-rwx " + folder);
        assertThat(open.exitCode()).isEqualTo(ExitCode.FAILED);
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-------"));
        assertThat(CommandOutput.of("doctor", folder).out()).contains("Only the owner can read the data folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask question", "search words", "reconcile", "collections reembed"})
    void readingCommand_withoutLibrary_makesNoneAndSaysWhatToDo(String command) {
        Path data = folder.resolve("data");
        CommandOutput refused = CommandOutput.of(command, data);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.errors().strip())
                .isEqualTo("lectern: There is no library in " + data
                        + ". Name its folder with --data, or make one: lectern serve DIR --data " + data);
        assertThat(data).doesNotExist();
    }

    @Test
    void filterOption_becomesConditions() {
        Map<String, Object> body = new HashMap<>();
        filterOption("--filter", "tags=a,b\\,c", "--filter", "created=2025-01-01..", "--filter", "uri=folder:../a")
                .addTo(body);
        assertThat(body)
                .isEqualTo(Map.of(
                        "filter",
                        Map.of(
                                "all",
                                List.of(
                                        Map.of("field", "tags", "anyOf", List.of("a", "b,c")),
                                        Map.of("field", "created", "from", "2025-01-01"),
                                        Map.of("field", "uri", "anyOf", List.of("folder:../a"))))));
        Map<String, Object> none = new HashMap<>();
        filterOption().addTo(none);
        assertThat(none).isEmpty();
        assertThat(CommandOutput.of("ask question --filter tags=", folder.resolve("data"))
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    private static FilterOption filterOption(String... arguments) {
        FilterOption option = new FilterOption();
        new CommandLine(option).parseArgs(arguments);
        return option;
    }

    @Test
    void emptyCollections_tellWhereTheDocumentsAre() {
        String empty = "{\"id\":\"default\",\"name\":\"default\",\"documents\":0}";
        String filled = "{\"id\":\"c1\",\"name\":\"handbook\",\"documents\":131}";
        JsonNode both = JsonMapper.shared().readTree("{\"items\":[" + empty + "," + filled + "]}");
        assertThat(EmptyCollections.describe(both, List.of("default")))
                .isEqualTo("The collection 'default' is empty; 131 documents are in 'handbook'. Add --collection c1.");
        assertThat(EmptyCollections.describe(both, List.of("default", "c1"))).isEmpty();
        assertThat(EmptyCollections.describe(both, List.of())).isEmpty();
        assertThat(EmptyCollections.describe(both)).isEqualTo("131 documents are in 'handbook'");
        JsonNode none = JsonMapper.shared().readTree("{\"items\":[" + empty + "]}");
        assertThat(EmptyCollections.describe(none, List.of())).startsWith("The library is empty.");
    }

    @Test
    void serverFile_ofALivingProcess_isFound_ofADeadOneNot() throws Exception {
        assertThat(ServerAddressFile.read(folder)).isEmpty();
        ServerAddressFile.write(folder, URI.create("http://localhost:1"));
        assertThat(ServerAddressFile.read(folder)).hasValue(URI.create("http://localhost:1"));
        Files.write(folder.resolve("server"), List.of("http://localhost:1", Long.toString(Long.MAX_VALUE)));
        assertThat(ServerAddressFile.read(folder)).isEmpty();
    }

    @Test
    void jobs_areFoundWhereverTheyStand_andShownWithFigures() {
        var answer = JsonMapper.shared()
                .readTree(
                        "{\"items\":[{\"document\":{\"jobId\":\"a\"},\"job\":{\"id\":\"a\"}}],\"job\":{\"id\":\"b\"}}");
        assertThat(JobProgressPrinter.ids(answer)).containsExactlyInAnyOrder("a", "b");
        var job = JsonMapper.shared()
                .readTree(
                        "{\"status\":\"running\",\"documents\":{\"done\":5,\"total\":10},\"passages\":{\"done\":70},\"remainingSeconds\":9}");
        assertThat(JobProgressPrinter.bar(job, 0, 1))
                .isEqualTo("[############            ] 5 of 10 documents, 70 passages, 9 s left");
    }

    @Test
    void job_ofALargeDocument_isShownWithItsPassages() {
        String passages = "\"passages\":{\"done\":2500,\"total\":10000}";
        String running = "\"running\":[{\"title\":\"customers.csv\",\"phase\":\"%s\"," + passages + "}]";
        assertThat(bar("{\"documents\":{\"done\":0,\"total\":1}," + passages + ",\"remainingSeconds\":200,"
                        + running.formatted("embedding") + "}"))
                .isEqualTo("[######                  ] 0 of 1 documents, 2500 of 10000 passages, 200 s left");
        assertThat(bar("{\"documents\":{\"done\":3,\"total\":6},\"passages\":{\"done\":2530},"
                        + running.formatted("embedding") + "}"))
                .isEqualTo("[############            ] 3 of 6 documents, 2530 passages,"
                        + " customers.csv: 2500 of 10000 passages");
        assertThat(bar("{\"documents\":{\"done\":0,\"total\":1},\"passages\":{\"done\":0},\"running\":[{\"title\":"
                        + "\"customers.csv\",\"phase\":\"reading\",\"passages\":{\"done\":0}}]}"))
                .isEqualTo("[                        ] 0 of 1 documents, customers.csv is being read");
        assertThat(bar("{\"documents\":{\"done\":0,\"total\":1},\"passages\":{\"done\":9,\"total\":9},"
                        + running.formatted("storing") + "}"))
                .isEqualTo(
                        "[########################] 0 of 1 documents, 9 of 9 passages, customers.csv is being stored");
    }

    private static String bar(String job) {
        return JobProgressPrinter.bar(JsonMapper.shared().readTree(job), 0, 1);
    }

    @Test
    void answer_isPlainText_alsoWhenABackslashEndsAPiece() {
        MarkdownUnescaper plain = new MarkdownUnescaper();
        assertThat(plain.unescape("Run \\`x") + plain.unescape("\\") + plain.unescape("` in C:\\Users. \\[1\\] [1]"))
                .isEqualTo("Run `x` in C:\\Users. [1] [1]");
    }

    @Test
    void answerPrinter_plainText_withoutMarksAndWithWhatWasUnusual() {
        var answer = JsonMapper.shared()
                .readTree("{\"status\":\"answered\",\"text\":\"Version **10\\\\.2.1**. [1]\",\"plainText\":\"Version"
                        + " 10.2.1. [1]\","
                        + "\"model\":\"extractive\",\"fallback\":{\"from\":\"openai:x\",\"reason\":\"model_unavailable\"},"
                        + "\"truncated\":\"length\",\"citations\":[]}");
        PrintStream before = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            new AnswerPrinter(new Terminal(false, false)).print(answer, false);
        } finally {
            System.setOut(before);
        }
        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "Version 10.2.1. [1]",
                        "Answered by quotation, since openai:x could not be reached.",
                        "The answer was cut off: the model reached its length limit.");
    }

    @Test
    void place_leavesOutAHeadingThatIsTheTitle() {
        var cited = JsonMapper.shared().readTree("{\"title\":\"A\",\"headings\":[\"A\",\"B\"],\"page\":3}");
        assertThat(AnswerPrinter.formatLocation(cited)).isEqualTo("A › B, page 3");
    }

    @Test
    void serve_folderThatAnotherHasOpen_isRefusedWithOneSentence() throws Exception {
        String data = folder.resolve("data").toString();
        try (DataFolder taken = DataFolder.open(Path.of(data))) {
            assertThat(taken.root()).exists();
            CommandOutput refused = CommandOutput.of("serve", "--data", data, "--port", "0");
            assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.errors().strip())
                    .startsWith("lectern: Another Lectern process uses the data folder")
                    .doesNotContain("\n");
        }
    }
}
