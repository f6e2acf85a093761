package dev.lectern.ingestion.parsing.formats.document;

import dev.lectern.library.Block.Mark;
import java.util.HashSet;
import java.util.Set;

/** Adds headers and footers of pages once, and without those that are only a number. */
public final class RunningTexts {
    private final ParsedDocumentBuilder out;
    private final Set<String> said = new HashSet<>();

    public RunningTexts(ParsedDocumentBuilder out) {
        this.out = out;
    }

    /** @param kind HEADER or FOOTER */
    public void add(Mark kind, String text) {
        String line = TextNormalizer.normalizeLine(text);
        boolean words = line.chars().anyMatch(Character::isLetter) || line.length() > 10;
        if (words && said.add(line)) {
            out.furniture(kind, line);
        }
    }
}
