package dev.lectern.ingestion.parsing.formats;

import dev.lectern.library.ReadingNotice;
import java.io.IOException;
import java.util.Calendar;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jspecify.annotations.Nullable;

/** PDF: lines become paragraphs, running heads are left out, headings come from bookmarks or else from the size of letters. */
final class PdfReader implements FormatReader {
    /** Pages that are enough to tell a scan. */
    private static final int LOOKED_AT = 3;

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        try (PDDocument document = Loader.loadPDF(inputFile.file().toFile(), IOUtils.createTempFileOnlyStreamCache())) {
            PdfLineExtractor reading = new PdfLineExtractor(inputFile.limits().textLength());
            List<PdfLine> all = reading.read(document);
            List<PdfLine> unrepeated = PdfRunningHeadFilter.removeRunningHeads(all);
            List<PdfLine> lines = PdfContentsFilter.removeContents(unrepeated, document.getNumberOfPages());
            out.notice(ReadingNotice.Kind.REPEATED_LINES, all.size() - unrepeated.size());
            out.notice(ReadingNotice.Kind.CONTENTS_ENTRIES, unrepeated.size() - lines.size());
            lines = PdfAnnotationExtractor.addAnnotations(document, lines);
            PdfScannedPages scanned =
                    PdfScannedPages.find(document, lines, inputFile.limits().ocr());
            if (lines.isEmpty() && !scanned.hasText()) {
                throw nothing(document, reading.brokenPages(), scanned.failure());
            }
            new PdfBlockBuilder(lines, PdfOutline.of(document), page -> uprightSize(document.getPage(page - 1)))
                    .write(out, page -> scanned.writeBefore(page, out));
            scanned.writeRest(out);
            addMetadata(document, out);
            return title(document);
        }
    }

    /** @param failure why the text of scanned pages was not recognised; null when it was not tried, or found nothing */
    private static RejectionException nothing(PDDocument document, int broken, @Nullable String failure) {
        int pages = document.getNumberOfPages();
        if (pages == 0 || broken > pages / 2) {
            return RejectionException.broken();
        }
        String have = "The file has %,d %s but no text".formatted(pages, pages == 1 ? "page" : "pages");
        return RejectionException.noText(
                hasPictures(document)
                        ? have + ": they are pictures, as of a scan. " + adviceForScan(failure)
                        : have + ". Add a file that contains text.");
    }

    private static String adviceForScan(@Nullable String failure) {
        return failure == null
                ? "Text recognition (OCR) is off. Switch it on, or turn them into text yourself and add the result."
                : "Their text was not recognised: " + failure + ". Check the command, then add the file again.";
    }

    private static boolean hasPictures(PDDocument document) {
        try {
            for (int i = 0; i < Math.min(LOOKED_AT, document.getNumberOfPages()); i++) {
                PDResources resources = document.getPage(i).getResources();
                if (resources != null && resources.getXObjectNames().iterator().hasNext()) {
                    return true;
                }
            }
        } catch (RuntimeException e) {
            return false;
        }
        return false;
    }

    @SuppressWarnings("ArgumentSelectionDefectChecker") // Width and height change places on a page on its side.
    private static PDRectangle uprightSize(PDPage page) {
        PDRectangle box = page.getCropBox();
        return page.getRotation() % 180 == 0 ? box : new PDRectangle(box.getHeight(), box.getWidth());
    }

    private static void addMetadata(PDDocument document, ParsedDocumentBuilder out) {
        try {
            PDDocumentInformation information = document.getDocumentInformation();
            out.metadata("author", information.getAuthor());
            out.metadata("subject", information.getSubject());
            out.metadata("keywords", information.getKeywords());
            out.metadata("created", day(information.getCreationDate()));
            out.metadata("modified", day(information.getModificationDate()));
            out.metadata("language", document.getDocumentCatalog().getLanguage());
        } catch (RuntimeException damaged) {
            // The text is there; what the file says about itself is not worth its loss.
            return;
        }
    }

    private static @Nullable String day(@Nullable Calendar date) {
        return date == null
                ? null
                : date.toInstant()
                        .atZone(date.getTimeZone().toZoneId())
                        .toLocalDate()
                        .toString();
    }

    private static @Nullable String title(PDDocument document) {
        try {
            String title = document.getDocumentInformation().getTitle();
            return title != null && FileNameParser.isTitle(title) ? title : null;
        } catch (RuntimeException e) {
            return null;
        }
    }
}
