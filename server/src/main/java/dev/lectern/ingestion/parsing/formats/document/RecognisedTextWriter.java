package dev.lectern.ingestion.parsing.formats.document;

import dev.lectern.ingestion.parsing.ocr.RecognisedPage;
import dev.lectern.ingestion.parsing.ocr.RecognisedPage.Area;
import dev.lectern.ingestion.parsing.ocr.RecognisedPage.Line;
import dev.lectern.ingestion.parsing.ocr.RecognisedPage.Paragraph;
import java.util.List;
import java.util.Set;

/** Adds text that was recognised in a picture, marked as such. */
public final class RecognisedTextWriter {
    private final HyphenJoiner joiner;

    /** @param pages of the document, whose words tell divided words from typed hyphens */
    public RecognisedTextWriter(List<RecognisedPage> pages) {
        joiner = new HyphenJoiner(pages.stream()
                .flatMap(page -> page.paragraphs().stream())
                .flatMap(paragraph -> paragraph.lines().stream())
                .map(Line::text)
                .toList());
    }

    public void write(RecognisedPage page, ParsedDocumentBuilder out) {
        for (Paragraph paragraph : page.paragraphs()) {
            write(paragraph, out);
        }
        out.mark(Set.of());
    }

    private void write(Paragraph paragraph, ParsedDocumentBuilder out) {
        StringBuilder text = new StringBuilder();
        int[] starts = new int[paragraph.lines().size()];
        for (int i = 0; i < starts.length; i++) {
            String line = paragraph.lines().get(i).text();
            int end = text.length();
            if (end > 1 && text.charAt(end - 1) == '-' && Character.isLetterOrDigit(text.charAt(end - 2))) {
                joiner.continueAfterHyphen(text, line);
            } else if (end > 0) {
                text.append(' ');
            }
            starts[i] = text.length();
            text.append(line);
        }
        if (text.isEmpty() || text.toString().isBlank()) {
            return;
        }
        out.markRecognised(paragraph.confidence());
        out.paragraph(text.toString());
        for (int i = 0; i < starts.length; i++) {
            Area area = paragraph.lines().get(i).area();
            if (area != null) {
                int length = (i + 1 < starts.length ? starts[i + 1] : text.length()) - starts[i];
                out.line(starts[i], length, area.left(), area.top(), area.width(), area.height());
            }
        }
    }
}
