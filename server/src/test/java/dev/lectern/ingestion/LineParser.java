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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Every line is a paragraph, a heading when it starts with {@code #}, or metadata when it is as {@code @author: Ann}; a file that starts with {@code broken} is refused.
 */
public final class LineParser implements DocumentParser {
    public final AtomicInteger parsed = new AtomicInteger();
    /** Run before a file is refused.
     */
    public volatile Runnable beforeRefusing = () -> {};
    /** How a later version reads a text. */
    public volatile UnaryOperator<String> change = UnaryOperator.identity();
    /** Whether titles are the names of files without their extensions, as those of plain texts. */
    public volatile boolean titlesByName;

    @Override
    public ParseOutcome parse(Path file, String name, Deadline deadline) {
        parsed.incrementAndGet();
        String text;
        try {
            text = change.apply(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (text.startsWith("broken")) {
            beforeRefusing.run();
            return new ParseOutcome.Rejected(RejectionCode.BROKEN, "The file is damaged. Save it again.");
        }
        List<Block> blocks = new ArrayList<>();
        StringBuilder shown = new StringBuilder(text);
        int start = 0;
        Map<String, List<String>> metadata = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("@")) {
                String[] parts = line.substring(1).split(": ", 2);
                metadata.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(parts[1]);
                shown.replace(start, start + line.length(), " ".repeat(line.length()));
            } else if (!line.isBlank()) {
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
        ParsedDocument document = new ParsedDocument(
                titlesByName ? TitleSource.STEM.titleOf(name) : name,
                titlesByName ? TitleSource.STEM : TitleSource.CONTENT,
                shown.toString(),
                blocks,
                List.of(),
                metadata,
                List.of());
        return new ParseOutcome.Parsed(document, "text/plain");
    }
}
