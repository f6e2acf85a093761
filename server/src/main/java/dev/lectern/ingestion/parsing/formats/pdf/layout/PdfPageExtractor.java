package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.awt.geom.Point2D;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDSimpleFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.jspecify.annotations.Nullable;

/** Collects what the pages of a PDF draw: pieces of text, lines of tables, pictures. A broken page is skipped. */
public final class PdfPageExtractor extends PDFTextStripper {
    /** Smaller pictures are lines, bullets and logos, points. */
    private static final float SMALLEST_PICTURE = 40;

    private static final int MAX_PICTURES = 1_000;
    /** Of all pages; further ones have no table lines. */
    private static final int MAX_RULINGS = 400_000;

    /** Of one page; its rest is laid out as if it were another page. */
    private static final int MAX_GLYPHS = 200_000;

    private static final int LONGEST_REPLACEMENT = 40;

    /** A text that is longer than allowed. */
    public static final class TooLongException extends RuntimeException {
        TooLongException(int maxLength) {
            super("longer than " + maxLength, null, false, false);
        }
    }

    private final int maxLength;
    private int length;
    private final List<PdfPage> pages = new ArrayList<>();
    private final IdentityHashMap<PDFont, String> fontNames = new IdentityHashMap<>();
    private final Set<Object> pictures = new HashSet<>();
    private GlyphCollector glyphs = new GlyphCollector(0, 0, 0, fontNames);
    private RulingCollector rulings = new RulingCollector(0, 0);
    private PDRectangle box = new PDRectangle();
    private float covered;
    private int rulingCount;
    private int brokenPages;

    /** What marked content says that its glyphs stand for; null where it says nothing. */
    private @Nullable String actualText;

    private final List<TextPosition> replaced = new ArrayList<>();
    private int actualTextDepth;
    private int depth;

    /** @param maxLength of the text of all pages, UTF-16 units */
    public PdfPageExtractor(int maxLength) {
        this.maxLength = maxLength;
        setShouldSeparateByBeads(false);
        for (String name : PathOperator.NAMES) {
            addOperator(new PathOperator(this, name, () -> rulings));
        }
        addOperator(new PictureOperator(this, this::addPicture));
        addOperator(new PictureOperator.Inline(this, this::addPicture));
    }

    /**
     * Reads all pages.
     *
     * @return one for each page that can be read; a page with very much text is several
     * @throws TooLongException if the text is longer than allowed
     */
    public List<PdfPage> read(PDDocument document) throws IOException {
        writeText(document, Writer.nullWriter());
        return pages;
    }

    /** How many pages could not be read to their end. */
    public int brokenPages() {
        return brokenPages;
    }

    @Override
    public void processPage(PDPage page) throws IOException {
        box = page.getCropBox();
        actualText = null;
        replaced.clear();
        depth = 0;
        beginPart(page);
        try {
            super.processPage(page);
        } catch (TooLongException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            brokenPages++;
        }
        endPart();
    }

    private void beginPart(PDPage page) {
        int rotation = Math.floorMod(page.getRotation(), 360) / 90 * 90;
        glyphs = new GlyphCollector(box.getWidth(), box.getHeight(), rotation, fontNames);
        rulings = new RulingCollector(box.getLowerLeftX(), box.getLowerLeftY());
        pictures.clear();
        covered = 0;
    }

    private void count(List<TextPiece> pieces) {
        for (TextPiece piece : pieces) {
            length += piece.text().length() + 1;
        }
        if (length > maxLength) {
            throw new TooLongException(maxLength);
        }
    }

    private void endPart() {
        endReplacement();
        List<PdfFrame> frames = new ArrayList<>();
        glyphs.frames().forEach((frame, drawn) -> {
            List<TextPiece> pieces = PieceBuilder.build(drawn);
            count(pieces);
            List<Ruling> lines = pieces.isEmpty() || rulingCount > MAX_RULINGS ? List.of() : rulings.rulings(frame);
            rulingCount += lines.size();
            frames.add(new PdfFrame(frame, pieces, lines, lines.isEmpty() ? List.of() : rulings.shades(frame)));
        });
        List<TextPiece> slanted = glyphs.slanted();
        count(slanted);
        pages.add(new PdfPage(
                getCurrentPageNo(), List.copyOf(frames), slanted, Set.copyOf(pictures), covered, glyphs.unreadable()));
    }

    @Override
    protected void processTextPosition(TextPosition position) {
        if (actualText != null && replaced.size() < MAX_GLYPHS) {
            replaced.add(position);
            return;
        }
        glyphs.add(position, position.getUnicode());
        if (glyphs.size() > MAX_GLYPHS) {
            PDPage page = getCurrentPage();
            endPart();
            beginPart(page);
        }
    }

    @Override
    protected void showGlyph(Matrix matrix, PDFont font, int code, Vector displacement) throws IOException {
        if (actualText == null && hasNoMeaning(font, code)) {
            glyphs.addUnreadable();
            return;
        }
        super.showGlyph(matrix, font, code, displacement);
    }

    /** The engine would take the code for the character, which it is not for a code of a control character. */
    private static boolean hasNoMeaning(PDFont font, int code) {
        return (!(font instanceof PDSimpleFont) || code < ' ') && font.toUnicode(code) == null;
    }

    @Override
    public void beginMarkedContentSequence(COSName tag, @Nullable COSDictionary properties) {
        depth++;
        String text = properties == null ? null : properties.getString(COSName.ACTUAL_TEXT);
        if (text != null && actualText == null && !text.isBlank()) {
            actualText = text;
            actualTextDepth = depth;
        }
    }

    @Override
    public void endMarkedContentSequence() {
        if (depth <= actualTextDepth) {
            endReplacement();
        }
        depth--;
    }

    /** A word or less takes the place of its glyphs; of more it would not be known where on the page it is, so the glyphs stay if they can be read. */
    private void endReplacement() {
        String text = actualText;
        actualText = null;
        if (text != null && !replaced.isEmpty()) {
            boolean isWord =
                    text.length() <= LONGEST_REPLACEMENT && text.strip().indexOf(' ') < 0;
            if (isWord
                    || replaced.stream()
                            .allMatch(position -> position.getUnicode().isBlank())) {
                glyphs.addReplaced(replaced, text);
            } else {
                replaced.forEach(position -> glyphs.add(position, position.getUnicode()));
            }
        }
        replaced.clear();
    }

    /** The place of a picture is the unit square. */
    private void addPicture(Object identity) {
        Point2D.Float one = transformedPoint(0, 0);
        Point2D.Float other = transformedPoint(1, 1);
        float width = Math.abs(one.x - other.x);
        float height = Math.abs(one.y - other.y);
        float area = Math.max(1, box.getWidth() * box.getHeight());
        covered = Math.max(covered, Math.min(1, width * height / area));
        if (width >= SMALLEST_PICTURE && height >= SMALLEST_PICTURE && pictures.size() < MAX_PICTURES) {
            pictures.add(identity);
        }
    }
}
