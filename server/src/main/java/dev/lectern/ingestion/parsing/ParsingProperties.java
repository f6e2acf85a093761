package dev.lectern.ingestion.parsing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the parser processes.
 *
 * @param processes Number of parser processes, each of which reads one file at a time; 1 to the number of cores.
 * @param fileTime Maximum time to read one file, as 60s. A file that takes longer is rejected.
 * @param idleTime Time without work, as 60s, after which a parser process is ended.
 * @param residentMemory Maximum resident memory of a parser process, as 448MB, checked every 20 ms. A process that takes more is killed and its file
 *     rejected; the default leaves room below 512 MB.
 * @param heap Maximum Java heap of a parser process, as 256MB; a part of the resident memory.
 * @param fileSize Maximum size of a file that is read, as 256MB. A larger file is rejected.
 * @param textLength Maximum length of the text of a document, in characters (UTF-16 units). A longer document is rejected.
 * @param depth Maximum depth of elements within elements. A deeper document is rejected.
 * @param attachments Maximum number of attachments of a mail that are read. Further attachments are left out.
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

    public ParsingProperties {
        if (processes < 1) {
            throw new IllegalArgumentException("lectern.ingestion.parsing.processes must be 1 or more");
        }
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
