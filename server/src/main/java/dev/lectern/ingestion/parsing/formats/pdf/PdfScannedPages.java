package dev.lectern.ingestion.parsing.formats.pdf;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RecognisedTextWriter;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfPage;
import dev.lectern.ingestion.parsing.ocr.OcrCommand;
import dev.lectern.ingestion.parsing.ocr.RecognisedPage;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/** The pages of a PDF that have a picture and no text, with the text that was recognised in them. */
final class PdfScannedPages {
    /** A picture that covers so much of a page without text is a scan of it. */
    private static final float SCAN = 0.1f;

    private final int pages;
    private final boolean tried;
    private final List<Integer> unread;
    private final SortedMap<Integer, RecognisedPage> recognised;
    private final RecognisedTextWriter writer;
    private final @Nullable String failure;
    private int count;

    private PdfScannedPages(
            int pages,
            boolean tried,
            List<Integer> unread,
            SortedMap<Integer, RecognisedPage> recognised,
            @Nullable String failure) {
        this.pages = pages;
        this.tried = tried;
        this.unread = unread;
        this.recognised = recognised;
        this.failure = failure;
        writer = new RecognisedTextWriter(List.copyOf(recognised.values()));
    }

    /**
     * Finds the pages and recognises their text. A page that has nothing but a running head and a picture that covers it is one of them.
     *
     * @param read what was read of the pages, without running heads
     * @param command null when nothing is recognised
     */
    static PdfScannedPages find(PDDocument document, List<PdfPage> read, @Nullable OcrCommand command)
            throws IOException {
        var withText =
                read.stream().filter(PdfPage::hasText).map(PdfPage::number).collect(Collectors.toSet());
        List<Integer> scanned = read.stream()
                .filter(page -> !withText.contains(page.number()) && page.covered() >= SCAN)
                .map(PdfPage::number)
                .distinct()
                .toList();
        TreeMap<Integer, RecognisedPage> recognised = new TreeMap<>();
        if (command == null || scanned.isEmpty()) {
            return new PdfScannedPages(document.getNumberOfPages(), false, scanned, recognised, null);
        }
        PdfPageRecognizer recognizer = new PdfPageRecognizer(document, command);
        List<Integer> unread = new ArrayList<>();
        for (int page : scanned) {
            RecognisedPage text = recognizer.recognise(page);
            if (text == null) {
                unread.add(page);
            } else {
                recognised.put(page, text);
            }
        }
        return new PdfScannedPages(document.getNumberOfPages(), true, unread, recognised, recognizer.failure());
    }

    boolean hasText() {
        return recognised.values().stream().anyMatch(page -> !page.paragraphs().isEmpty());
    }

    /** Whether there are such pages, recognised or not. */
    boolean isEmpty() {
        return unread.isEmpty() && recognised.isEmpty() && count == 0;
    }

    boolean isScanned(int page) {
        return unread.contains(page);
    }

    /** Why a page was not recognised; null when all were, or none should be. */
    @Nullable String failure() {
        return failure;
    }

    /** Adds the recognised pages before a page, from 1. */
    void writeBefore(int page, ParsedDocumentBuilder out) {
        Iterator<Map.Entry<Integer, RecognisedPage>> rest =
                recognised.entrySet().iterator();
        while (rest.hasNext()) {
            Map.Entry<Integer, RecognisedPage> next = rest.next();
            if (next.getKey() >= page) {
                return;
            }
            out.page(next.getKey());
            writer.write(next.getValue(), out);
            rest.remove();
            count++;
        }
    }

    /** Adds the recognised pages that are left, and says which pages have been read how. */
    void writeRest(ParsedDocumentBuilder out) {
        writeBefore(Integer.MAX_VALUE, out);
        out.page(null);
        out.notice(Kind.RECOGNISED_PAGES, count, pages, null);
        out.notice(tried ? Kind.UNRECOGNISED_PAGES : Kind.SCANNED_PAGES, unread.size(), pages, failure);
    }
}
