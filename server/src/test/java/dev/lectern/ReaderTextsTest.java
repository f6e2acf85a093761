package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Readers never see the name of a variable: texts that name one belong to the start, the commands, the health checks and the log, or are the operator's half
 * of an exception, of which clients see the other half.
 */
class ReaderTextsTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "lectern");
    private static final Pattern VARIABLE = Pattern.compile("\"[^\"\\n]*LECTERN_[A-Z]");

    /** Code that readers cannot reach: commands, the start, settings, health checks. */
    private static final Pattern FOR_OPERATORS = Pattern.compile("(cli|configuration)/.*|shared/Setting\\w+\\.java"
            + "|.*(Properties|SettingRule|HealthCheck)\\.java"
            // Only used to open, check or admit the database and the data folder at the start.
            + "|storage/(DataFolder|SqliteDatabase|PostgresAddress|PostgresDatabase|PostgresErrorDescriber)\\.java"
            + "|storage/nodes/(DataFolderId|NodeAdmission)\\.java|index/NodeLocalIndex\\.java"
            + "|library/originals/OriginalsNodeLocalStorage\\.java|ingestion/EmbedderCompatibilityCheck\\.java"
            // Said by commands and to operators who add a folder, or about folders, to operators.
            + "|storage/DataFolderFinder\\.java|ingestion/sources/(IgnoreRules|FolderWatcher)\\.java"
            // For the health of ingestion.
            + "|ingestion/parsing/ocr/OcrCommandCheck\\.java"
            // Called by doctor alone, and what the log and the health of a model say.
            + "|models/ModelProbe\\.java|models/decorators/ModelCallMonitor\\.java"
            // What log, health and doctor say of the key. Clients get another text, see EncryptionKeyTest.
            + "|security/EncryptionKey\\.java"
            // Why the server does not start, for its console and doctor.
            + "|shared/ListenFailure\\.java"
            // Names of variables, for the operator's half of exceptions.
            + "|models/gemini/GeminiModelFactory\\.java|models/openai/OpenAiModelFactory\\.java"
            + "|models/langchain4j/(RefusalTranslator|ServiceSettings|UpstreamService)\\.java"
            // Read the certificate at the start, and later for the log and the health of the certificate.
            + "|http/tls/(CertificateFiles|KeyPairCheck|KeyPairReader)\\.java"
            // Refusals of names and origins: who sets up a proxy or a name has only the page to look at.
            + "|security/(CorsFilter|OriginFilter|OriginPolicy)\\.java"
            // All their exceptions have another text for clients, as QdrantExceptionTranslatorTest shows.
            + "|index/qdrant/(QdrantAddress|QdrantCollection|QdrantExceptionTranslator)\\.java");

    /** What a statement has to contain around a text that names a variable, anywhere else. */
    private static final Pattern OPERATORS_HALF =
            Pattern.compile("LecternException\\.(forOperator|withClientMessage)\\(|new"
                    + " (InvalidSettingException|ModelCallException)\\(|\\blog\\.(info|warn|error)\\(");

    @Test
    void text_thatReadersMaySee_namesNoVariable() throws IOException {
        List<String> shown = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                String path = SOURCES.relativize(file).toString().replace('\\', '/');
                if (!FOR_OPERATORS.matcher(path).matches()) {
                    collect(path, Files.readString(file), shown);
                }
            }
        }
        assertThat(shown).isEmpty();
    }

    @Test
    void rule_statementThatShowsAVariable_isFound() {
        List<String> shown = new ArrayList<>();
        collect("A.java", "throw new LecternException(TOO_LARGE, \"Raise LECTERN_HTTP_MAX_BODY.\");", shown);
        collect("B.java", "throw LecternException.forOperator(X, \"Too large.\", \"Raise LECTERN_A.\", null);", shown);
        assertThat(shown).hasSize(1).first().asString().startsWith("A.java");
    }

    private static void collect(String path, String source, List<String> shown) {
        for (String statement : source.split(";\\s*\\n", -1)) {
            String code = statement.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
            if (VARIABLE.matcher(code).find() && !OPERATORS_HALF.matcher(code).find()) {
                shown.add(path + ": " + code.strip().replaceAll("\\s+", " "));
            }
        }
    }
}
