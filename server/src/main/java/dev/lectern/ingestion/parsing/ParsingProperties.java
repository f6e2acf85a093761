package dev.lectern.ingestion.parsing;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the parser processes.
 *
 * @param processes Number of parser processes, each of which reads one file at a time; 1 to 1000. More than the number of cores are of no use.
 * @param fileTime Maximum time to read one file, as 60s, 1ms to 1d. A file that takes longer is rejected.
 * @param idleTime Time without work, as 60s, 1ms to 1d, after which a parser process is ended.
 * @param residentMemory Maximum resident memory of a parser process, as 448MB, at least 64MB, checked every 20 ms. A process that takes more is killed and its file
 *     rejected; the default leaves room below 512 MB.
 * @param heap Maximum Java heap of a parser process, as 256MB, from 32MB to the resident memory, of which it is a part.
 * @param fileSize Maximum size of a file that is read, as 256MB, 1KB to 1TB. A larger file is rejected.
 * @param textLength Maximum length of the text of a document, in characters (UTF-16 units), 1000 to 1000000000. A longer document is rejected.
 * @param depth Maximum depth of elements within elements, 10 to 100000. A deeper document is rejected.
 * @param attachments Maximum number of attachments of a mail that are read, 0 to 100000. Further attachments are left out.
 */
@ConfigurationProperties("lectern.ingestion.parsing")
public record ParsingProperties(
        @DefaultValue("1") int processes,
        @DefaultValue("60s") Duration fileTime,
        @DefaultValue("60s") Duration idleTime,
        @DefaultValue("448MB") DataSize residentMemory,
        @DefaultValue("256MB") DataSize heap,
        @DefaultValue("256MB") DataSize fileSize,
        @DefaultValue("20000000") int textLength,
        @DefaultValue("1000") int depth,
        @DefaultValue("50") int attachments) {
    private static final Duration MAX_TIME = Duration.ofDays(1);
    private static final long MIN_MEMORY_BYTES = 64L << 20;
    private static final long MIN_HEAP_BYTES = 32L << 20;
    private static final long MIN_FILE_BYTES = 1L << 10;
    private static final long MAX_BYTES = 1L << 40;

    public ParsingProperties {
        SettingValidator.of("lectern.ingestion.parsing")
                .requireBetween("processes", processes, 1, 1_000)
                .requireBetween("file-time", fileTime, Duration.ofMillis(1), MAX_TIME)
                .requireBetween("idle-time", idleTime, Duration.ofMillis(1), MAX_TIME)
                .requireSize("resident-memory", residentMemory.toBytes(), MIN_MEMORY_BYTES, MAX_BYTES)
                .requireSize("heap", heap.toBytes(), MIN_HEAP_BYTES, residentMemory.toBytes())
                .requireSize("file-size", fileSize.toBytes(), MIN_FILE_BYTES, MAX_BYTES)
                .requireBetween("text-length", textLength, 1_000, 1_000_000_000)
                .requireBetween("depth", depth, 10, 100_000)
                .requireBetween("attachments", attachments, 0, 100_000);
    }

    public static ParsingProperties defaults() {
        return new ParsingProperties(
                1,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                DataSize.ofMegabytes(448),
                DataSize.ofMegabytes(256),
                DataSize.ofMegabytes(256),
                20_000_000,
                1_000,
                50);
    }
}
