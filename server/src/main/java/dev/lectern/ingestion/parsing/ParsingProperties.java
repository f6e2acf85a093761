package dev.lectern.ingestion.parsing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of reading files.
 *
 * @param processes files that are read at the same time, each by a process of its own; 1 to the number of cores
 * @param fileTime a file that takes longer is given up
 * @param idleTime a parser process that had nothing to do for this long is ended
 * @param residentMemory a parser process that takes more is killed, and its file given up; looked at every 20 ms, so that the
 *     default leaves room below 512 MB
 * @param heap the part of the resident memory that Java objects may take
 * @param fileSize larger files are refused
 * @param textLength characters (UTF-16 units) of a document's text; longer documents are refused
 * @param depth of elements within elements; deeper documents are refused
 * @param attachments files attached to a mail that are read, at most
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
