package dev.lectern.ingestion.parsing.formats;

import dev.lectern.ingestion.parsing.RejectionCode;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/** PDF: lines become paragraphs, running heads are left out, headings come from bookmarks or else from the size of letters. */
final class PdfFormat implements Format {

    @Override
    public @Nullable String read(Source source, TextBuilder out) throws IOException {
        try (PDDocument document = Loader.loadPDF(source.file().toFile(), IOUtils.createTempFileOnlyStreamCache())) {
            int pages = document.getNumberOfPages();
            PdfLines reading = new PdfLines(source.limits().textLength());
            List<PdfLine> lines = PdfRunningHeads.without(reading.read(document));
            lines = PdfFields.withFields(document, lines);
            if (lines.isEmpty()) {
                throw nothing(pages, reading.brokenPages());
            }
            new PdfBlocks(lines, PdfOutline.of(document)).write(out);
            return title(document);
        }
    }

    private static Refusal nothing(int pages, int broken) {
        if (pages == 0 || broken > pages / 2) {
            return Refusal.broken();
        }
        return new Refusal(
                RejectionCode.NO_TEXT,
                "The file has %,d %s but no text; its pages are probably pictures. Turn them into text (by OCR) and add the result."
                        .formatted(pages, pages == 1 ? "page" : "pages"));
    }

    private static @Nullable String title(PDDocument document) {
        try {
            String title = document.getDocumentInformation().getTitle();
            return title != null && Names.isTitle(title) ? title : null;
        } catch (RuntimeException e) {
            return null;
        }
    }
}
