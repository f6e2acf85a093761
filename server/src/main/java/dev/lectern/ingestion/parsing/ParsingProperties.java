package dev.lectern.ingestion.parsing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of reading files.
 *
 * @param processes Number of parser processes, 1 to the number of cores. Each reads one file at a time; further files wait.
 * @param fileTime Maximum time for parsing one file, as 60s. After it the parser process is killed and the document fails.
 * @param idleTime Time without work after which a parser process is ended, as 60s.
 * @param residentMemory Maximum resident memory of a parser process, as 448MB. A process beyond it is killed and its document fails;
 *     memory is checked every 20 ms, so the default stays below 512 MB.
 * @param heap Maximum Java heap of a parser process, as 256MB. It is part of the resident memory.
 * @param fileSize Maximum size of a file to be parsed, as 256MB. A larger file fails.
 * @param textLength Maximum length of a document's text in UTF-16 characters. A longer document fails.
 * @param depth Maximum nesting depth of elements in a document. A document that is nested more deeply fails.
 * @param attachments Maximum number of attachments of one mail that are parsed. Further attachments are ignored.
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
