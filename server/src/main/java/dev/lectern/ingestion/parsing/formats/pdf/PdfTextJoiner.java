package dev.lectern.ingestion.parsing.formats.pdf;

import dev.lectern.ingestion.parsing.formats.document.HyphenJoiner;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PageFrame;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfLine;
import java.util.ArrayList;
import java.util.List;

/** Joins lines to one text: words that were divided at line ends are whole again, and the place of each line is kept. */
final class PdfTextJoiner {
    private final HyphenJoiner hyphens;

    /** @param lines of the document, whose words tell divided words from typed hyphens */
    PdfTextJoiner(List<String> lines) {
        hyphens = new HyphenJoiner(lines);
    }

    /** @param starts of the lines in the text */
    record Joined(String text, List<PdfLine> lines, List<Integer> starts) {}

    /** The lines of a cell. In a narrow one a long word may go on in the next line without a hyphen. */
    Joined joinCell(List<PdfLine> lines) {
        return join(lines, true);
    }

    Joined join(List<PdfLine> lines) {
        return join(lines, false);
    }

    private Joined join(List<PdfLine> lines, boolean isCell) {
        StringBuilder text = new StringBuilder();
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            PdfLine line = lines.get(i);
            int end = text.length();
            boolean hyphen = end > 1 && text.charAt(end - 1) == '-' && Character.isLetterOrDigit(text.charAt(end - 2));
            if (hyphen) {
                hyphens.continueAfterHyphen(text, line.text());
            } else if (end > 0
                    && !isIdeograph(text.charAt(end - 1), line.text().charAt(0))
                    && !(isCell && hyphens.isBrokenWord(text, line.text()))) {
                text.append(' ');
            }
            starts.add(text.length());
            text.append(line.text());
        }
        return new Joined(text.toString(), lines, starts);
    }

    /**
     * Says where the lines of a text are on their pages, for the block that was added last. Lines on another page than the first have no place.
     *
     * @param offset of the text in the block
     */
    static void addPlaces(Joined joined, int offset, ParsedDocumentBuilder out) {
        for (int i = 0; i < joined.starts().size(); i++) {
            PdfLine line = joined.lines().get(i);
            if (line.page() == joined.lines().getFirst().page()) {
                int end = i + 1 < joined.starts().size()
                        ? joined.starts().get(i + 1)
                        : joined.text().length();
                PageFrame.Area area = line.area();
                out.line(
                        offset + joined.starts().get(i),
                        end - joined.starts().get(i),
                        area.left(),
                        area.top(),
                        area.width(),
                        area.height());
            }
        }
    }

    /** Chinese and Japanese put nothing between lines. */
    private static boolean isIdeograph(char before, char after) {
        return before >= '\u2E80' && before < '\uAC00' && after >= '\u2E80' && after < '\uAC00';
    }
}
