package dev.lectern.ingestion.parsing.formats;

import dev.lectern.ingestion.parsing.ocr.OcrCommand;
import dev.lectern.ingestion.parsing.ocr.RecognisedPage;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.jspecify.annotations.Nullable;

/** The pages of a PDF that have a picture and no text, with the text that was recognised in them. */
final class PdfScannedPages {
    private final int pages;
    private final boolean tried;
    private final List<Integer> unread;
    private final TreeMap<Integer, RecognisedPage> recognised;
    private final RecognisedTextWriter writer;
    private final @Nullable String failure;
    private int count;

    private PdfScannedPages(
            int pages,
            boolean tried,
            List<Integer> unread,
            TreeMap<Integer, RecognisedPage> recognised,
            @Nullable String failure) {
        this.pages = pages;
        this.tried = tried;
        this.unread = unread;
        this.recognised = recognised;
        this.failure = failure;
        writer = new RecognisedTextWriter(List.copyOf(recognised.values()));
    }

    /**
     * Finds the pages and recognises their text.
     *
     * @param lines with text, of the whole document
     * @param command null when nothing is recognised
     */
    static PdfScannedPages find(PDDocument document, List<PdfLine> lines, @Nullable OcrCommand command)
            throws IOException {
        var withText = lines.stream().map(PdfLine::page).collect(Collectors.toSet());
        List<Integer> scanned = IntStream.rangeClosed(1, document.getNumberOfPages())
                .filter(page -> !withText.contains(page) && hasPicture(document, page))
                .boxed()
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

    private static boolean hasPicture(PDDocument document, int page) {
        try {
            PDResources resources = document.getPage(page - 1).getResources();
            return resources != null && resources.getXObjectNames().iterator().hasNext();
        } catch (RuntimeException damaged) {
            // Its text could not be read either, which the reader counts.
            return false;
        }
    }

    boolean hasText() {
        return recognised.values().stream().anyMatch(page -> !page.paragraphs().isEmpty());
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
