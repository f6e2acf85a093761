package dev.lectern.ingestion;

import dev.lectern.ingestion.parsing.DocumentParser;
import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.RejectionCode;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.library.Block;
import dev.lectern.library.update.TitleSource;
import dev.lectern.shared.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Every line is a paragraph, or a heading when it starts with {@code #}; a file that starts with {@code broken} is refused. */
public final class LineParser implements DocumentParser {
    public final AtomicInteger parsed = new AtomicInteger();
    /** Run before a file is refused. */
    public volatile Runnable beforeRefusing = () -> {};
    /** Whether titles are the names of files without their extensions, as those of plain texts. */
    public volatile boolean titlesByName;

    @Override
    public ParseOutcome parse(Path file, String name, Deadline deadline) {
        parsed.incrementAndGet();
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (text.startsWith("broken")) {
            beforeRefusing.run();
            return new ParseOutcome.Rejected(RejectionCode.BROKEN, "The file is damaged. Save it again.");
        }
        List<Block> blocks = new ArrayList<>();
        int start = 0;
        for (String line : text.split("\n", -1)) {
            if (!line.isBlank()) {
                boolean heading = line.startsWith("#");
                blocks.add(new Block(
                        heading ? Block.Type.HEADING : Block.Type.PARAGRAPH,
                        start,
                        start + line.length(),
                        heading ? 1 : 0,
                        null));
            }
            start += line.length() + 1;
        }
        ParsedDocument document = titlesByName
                ? new ParsedDocument(TitleSource.STEM.titleOf(name), TitleSource.STEM, text, blocks)
                : new ParsedDocument(name, text, blocks);
        return new ParseOutcome.Parsed(document, "text/plain");
    }
}
