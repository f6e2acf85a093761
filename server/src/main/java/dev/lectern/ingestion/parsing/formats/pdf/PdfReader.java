package dev.lectern.ingestion.parsing.formats.pdf;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.MetadataValidator;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PageLayout;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfElement;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfLine;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfPage;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfPageExtractor;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfTable;
import dev.lectern.ingestion.parsing.formats.pdf.layout.TextPiece;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.jspecify.annotations.Nullable;

/**
 * PDF: pieces of text are put in reading order and become paragraphs and tables, running heads are kept once, headings come from bookmarks and from the size of
 * letters.
 */
public final class PdfReader implements FormatReader {
    /** A picture on so many pages is a logo, as a part of all pages. */
    private static final double LOGO = 0.5;

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\(?(?:unspecified|unknown|untitled|none|null)\\)?", Pattern.CASE_INSENSITIVE);

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        try (PDDocument document = Loader.loadPDF(inputFile.file().toFile(), IOUtils.createTempFileOnlyStreamCache())) {
            PdfPageExtractor extractor = new PdfPageExtractor(inputFile.limits().textLength());
            PdfAnnotations annotations = PdfAnnotations.of(document);
            List<PdfPage> drawn = annotations.addTo(readPages(extractor, document, inputFile));
            PdfRunningHeadFilter.Filtered filtered = PdfRunningHeadFilter.removeRunningHeads(drawn);
            List<PdfPage> pages = filtered.pages();
            PdfScannedPages scanned =
                    PdfScannedPages.find(document, pages, inputFile.limits().ocr());
            int unreadable = pages.stream().mapToInt(PdfPage::unreadable).sum();
            if (pages.stream().noneMatch(PdfPage::hasText) && !scanned.hasText() && !annotations.hasComments()) {
                throw nothing(document, extractor.brokenPages(), unreadable, scanned);
            }
            write(document, pages, filtered, annotations, scanned, out);
            out.notice(Kind.UNREADABLE_CHARACTERS, unreadable);
            out.notice(Kind.DAMAGED_PAGES, extractor.brokenPages() + annotations.damagedPages());
            out.notice(Kind.PICTURES, countPictures(pages, scanned));
            addMetadata(document, out);
            return title(document);
        }
    }

    private static List<PdfPage> readPages(PdfPageExtractor extractor, PDDocument document, InputFile inputFile)
            throws IOException {
        try {
            return extractor.read(document);
        } catch (PdfPageExtractor.TooLongException e) {
            throw RejectionException.tooLong(inputFile.limits().textLength());
        }
    }

    private static void write(
            PDDocument document,
            List<PdfPage> pages,
            PdfRunningHeadFilter.Filtered filtered,
            PdfAnnotations annotations,
            PdfScannedPages scanned,
            ParsedDocumentBuilder out) {
        List<TextPiece> pieces =
                pages.stream().flatMap(page -> page.upright().pieces().stream()).toList();
        boolean codeIsRare = PdfBlockBuilder.isCodeRare(
                pieces.stream().filter(TextPiece::mono).count(), pieces.size());
        List<PdfElement> elements = new ArrayList<>();
        pages.forEach(page -> elements.addAll(PageLayout.arrange(page, codeIsRare)));
        PdfContentsFilter.Filtered content = PdfContentsFilter.removeContents(elements);
        List<PdfLine> lines = lines(content.elements());
        PdfTextJoiner joiner =
                new PdfTextJoiner(lines.stream().map(PdfLine::text).toList());
        float bodySize = PdfBlockBuilder.bodySize(lines);
        PdfFootnotes footnotes = new PdfFootnotes(content.elements(), bodySize);
        PdfPageNotes notes = new PdfPageNotes(
                filtered.furniture(), footnotes, annotations::commentsOn, scanned, joiner, document.getNumberOfPages());
        new PdfBlockBuilder(footnotes.text(), PdfOutline.of(document), joiner, bodySize, codeIsRare).write(out, notes);
        out.notice(Kind.REPEATED_LINES, filtered.removed() + notes.repeatedRows());
        out.notice(Kind.CONTENTS_ENTRIES, content.removed());
    }

    /** All lines, those in the cells of tables too; that of a cell which is in several rows once. */
    private static List<PdfLine> lines(List<PdfElement> elements) {
        Set<PdfLine> lines = new LinkedHashSet<>();
        for (PdfElement element : elements) {
            switch (element) {
                case PdfLine line -> lines.add(line);
                case PdfTable table ->
                    table.rows().forEach(row -> row.cells().forEach(cell -> lines.addAll(cell.lines())));
            }
        }
        return List.copyOf(lines);
    }

    private static RejectionException nothing(
            PDDocument document, int broken, int unreadable, PdfScannedPages scanned) {
        int pages = document.getNumberOfPages();
        if (pages == 0 || broken > pages / 2) {
            return RejectionException.broken();
        }
        String have = "The file has %,d %s but no text".formatted(pages, pages == 1 ? "page" : "pages");
        if (!scanned.isEmpty()) {
            return RejectionException.noText(have + (pages == 1 ? ": it is a picture" : ": they are pictures")
                    + ", as of a scan. " + adviceForScan(scanned.failure()));
        }
        if (unreadable > 0) {
            return RejectionException.noText(have
                    + " that can be read: its fonts do not say which characters they draw. Save the file again from"
                    + " the program that made it, or turn its pages into text yourself and add the result.");
        }
        return RejectionException.noText(have + ". Add a file that contains text.");
    }

    private static String adviceForScan(@Nullable String failure) {
        return failure == null
                ? "Text recognition (OCR) is off. Switch it on, or turn them into text yourself and add the result."
                : "Their text was not recognised: " + failure + ". Check the command, then add the file again.";
    }

    /** Pictures among the text, each once; not the scans, which are counted as such, and not the ground or the logo of all pages. */
    private static int countPictures(List<PdfPage> pages, PdfScannedPages scanned) {
        Set<Object> pictures = new HashSet<>();
        for (PdfPage page : pages) {
            if (!scanned.isScanned(page.number()) && page.covered() < 0.9f) {
                pictures.addAll(page.pictures());
            }
        }
        if (pages.size() >= 4) {
            pictures.removeIf(picture -> pages.stream()
                            .filter(page -> page.pictures().contains(picture))
                            .count()
                    > LOGO * pages.size());
        }
        return pictures.size();
    }

    private static void addMetadata(PDDocument document, ParsedDocumentBuilder out) {
        try {
            PDDocumentInformation information = document.getDocumentInformation();
            out.metadata("author", information.getAuthor());
            out.metadata("subject", given(information.getSubject()));
            out.metadata("keywords", given(information.getKeywords()));
            out.metadata("created", day(information.getCreationDate()));
            out.metadata("modified", day(information.getModificationDate()));
            out.metadata("language", document.getDocumentCatalog().getLanguage());
        } catch (RuntimeException damaged) {
            // The text is there; what the file says about itself is not worth its loss.
            return;
        }
    }

    /** Programs give a word where they were told nothing. */
    private static @Nullable String given(@Nullable String value) {
        return value == null || PLACEHOLDER.matcher(value.strip()).matches() ? null : value;
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
            return title != null && MetadataValidator.isTitle(title) ? title : null;
        } catch (RuntimeException e) {
            return null;
        }
    }
}
