package dev.lectern.ingestion.parsing.ocr;

import dev.lectern.shared.SettingValidator;
import dev.lectern.shared.Sha256;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Recognition of text in scanned pages and pictures (OCR). All nodes need the same settings.
 *
 * @param command Command that recognises the text of one picture, as {@code tesseract {input} stdout -l deu+eng tsv}; nothing is recognised without it.
 *     {@code {input}} stands for the file of the picture. It is run without a shell and prints TSV as Tesseract does, or plain text, to its standard output.
 *     Documents are read again when it changes.
 * @param pageTime Maximum time to recognise one page, as 30s, 100ms to 1h. A page that takes longer is left out.
 * @param maxPages Maximum number of pages of one document that are recognised, 1 to 100000. Further pages are left out. The time of LECTERN_INGESTION_PARSING_FILE_TIME is
 *     another limit: four fifths of it may be used for recognition.
 */
@ConfigurationProperties("lectern.ocr")
public record OcrProperties(
        @DefaultValue("") String command,
        @DefaultValue("30s") Duration pageTime,
        @DefaultValue("200") int maxPages) {
    private static final int MAX_LENGTH = 2_000;
    private static final int FINGERPRINT = 8;

    public OcrProperties {
        command = command.strip();
        SettingValidator.of("lectern.ocr")
                .require(
                        "command",
                        command,
                        command.isEmpty() || isCommand(command),
                        "a command with {input} for the file of the picture, such as tesseract {input} stdout tsv")
                .requireBetween("page-time", pageTime, Duration.ofMillis(100), Duration.ofHours(1))
                .requireBetween("max-pages", maxPages, 1, 100_000);
    }

    /** No recognition. */
    public static OcrProperties off() {
        return new OcrProperties("", Duration.ofSeconds(30), 200);
    }

    private static boolean isCommand(String command) {
        List<String> arguments = CommandLineSplitter.split(command);
        return command.length() <= MAX_LENGTH
                && command.contains(OcrCommand.INPUT)
                && !arguments.isEmpty()
                && !arguments.getFirst().contains(OcrCommand.INPUT);
    }

    /**
     * The command with its limits; null when nothing is recognised.
     *
     * @param fileTime for a whole document
     */
    public @Nullable OcrCommand toCommand(Duration fileTime) {
        return command.isEmpty()
                ? null
                : new OcrCommand(
                        CommandLineSplitter.split(command), maxPages, pageTime.toMillis(), fileTime.toMillis() * 4 / 5);
    }

    /** A short text that changes with the command; empty without one. */
    public String fingerprint() {
        return command.isEmpty() ? "" : "o" + Sha256.hex(command).substring(0, FINGERPRINT);
    }
}
