package dev.lectern.ingestion.parsing.formats;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Collects the lines of a PDF in reading order, with their layout. A broken page is skipped. */
final class PdfLineExtractor extends PDFTextStripper {
    private static final Pattern BOLD = Pattern.compile("bold|black|heavy|semib|demi|cmbx|-bd|,b");
    private static final Pattern MONO =
            Pattern.compile("mono(?!type)|courier|typewriter|cmtt|consolas|menlo|lettergothic");

    /** A gap within a line that is wider, as a multiple of the size of its letters, is not that between two words. */
    private static final float WIDE_GAP = 0.7f;

    /** The lines of the page, each as its pieces between wide gaps. */
    private final List<List<PdfLine>> pageLines = new ArrayList<>();

    private final List<PdfLine> pieces = new ArrayList<>();
    private final List<PdfLine> lines = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final int maxLength;
    private int length;
    private int brokenPages;
    private float left;
    private float right;
    private float y;
    private float size;
    private int bold;
    private int mono;
    private int letters;

    PdfLineExtractor(int maxLength) {
        this.maxLength = maxLength;
        setSuppressDuplicateOverlappingText(false);
    }

    List<PdfLine> read(PDDocument document) throws IOException {
        writeText(document, Writer.nullWriter());
        endLine();
        return lines;
    }

    int brokenPages() {
        return brokenPages;
    }

    @Override
    public void processPage(PDPage page) throws IOException {
        try {
            super.processPage(page);
        } catch (RejectionException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            brokenPages++;
        }
        endLine();
        lines.addAll(PdfColumns.order(pageLines));
        pageLines.clear();
    }

    @Override
    protected void writeString(String word, List<TextPosition> positions) {
        if (word.isEmpty() || positions.isEmpty()) {
            return;
        }
        TextPosition first = positions.getFirst();
        TextPosition last = positions.getLast();
        float from = Math.min(first.getXDirAdj(), last.getXDirAdj());
        float to = Math.max(first.getXDirAdj() + first.getWidthDirAdj(), last.getXDirAdj() + last.getWidthDirAdj());
        if (letters > 0 && from - right > WIDE_GAP * size / letters) {
            endPiece();
        }
        if (letters == 0) {
            left = from;
            right = to;
            y = first.getYDirAdj();
            size = 0;
        }
        left = Math.min(left, from);
        right = Math.max(right, to);
        size += first.getFontSizeInPt() * word.length();
        letters += word.length();
        String font = fontName(first.getFont());
        bold += BOLD.matcher(font).find() ? word.length() : 0;
        mono += MONO.matcher(font).find() ? word.length() : 0;
        text.append(word);
    }

    @Override
    protected void writeWordSeparator() {
        text.append(' ');
    }

    @Override
    protected void writeLineSeparator() {
        endLine();
    }

    @Override
    protected void writeParagraphEnd() {
        endLine();
    }

    @Override
    protected void writePageEnd() {
        endLine();
    }

    private void endLine() {
        endPiece();
        if (!pieces.isEmpty()) {
            pageLines.add(List.copyOf(pieces));
            pieces.clear();
        }
    }

    private void endPiece() {
        String line = TextNormalizer.normalizeLine(text.toString());
        if (!line.isEmpty()) {
            length += line.length() + 1;
            if (length > maxLength) {
                throw RejectionException.tooLong(maxLength);
            }
            boolean allBold = bold > letters * 0.8;
            boolean allMono = mono > letters * 0.8;
            pieces.add(new PdfLine(
                    line, getCurrentPageNo(), left, right, y, size / Math.max(1, letters), allBold, allMono));
        }
        text.setLength(0);
        letters = 0;
        bold = 0;
        mono = 0;
    }

    private static String fontName(PDFont font) {
        String name = font.getName();
        return name == null ? "" : name.toLowerCase(Locale.ROOT);
    }
}
