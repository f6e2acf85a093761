package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/** Collects the glyphs of a page by the direction of their text. */
final class GlyphCollector {
    private static final Pattern BOLD = Pattern.compile("bold|black|heavy|semib|demi|cmbx|-bd|,b");
    private static final Pattern MONO =
            Pattern.compile("mono(?!type)|courier|typewriter|cmtt|consolas|menlo|lettergothic");
    private static final int QUARTERS = 4;
    /** Text that is turned by less, in degrees, was meant to be straight. */
    private static final double STRAIGHT = 3;
    /** Glyphs that stand for one word are not farther apart, as a multiple of their size. */
    private static final float FARTHEST = 20;
    /** Where it is drawn, it is seen. */
    private static final char SOFT_HYPHEN = '\u00AD';

    private static final char HYPHEN = '\u2010';

    /** Bullets and ticks of symbol fonts, which have no meaning of their own in Unicode. */
    private static final Map<Character, String> SYMBOLS = Map.ofEntries(
            Map.entry('\uF0B7', "•"),
            Map.entry('\uF0A7', "▪"),
            Map.entry('\uF0A8', "◆"),
            Map.entry('\uF06E', "■"),
            Map.entry('\uF06F', "□"),
            Map.entry('\uF071', "□"),
            Map.entry('\uF075', "◆"),
            Map.entry('\uF076', "❖"),
            Map.entry('\uF0D8', "➢"),
            Map.entry('\uF0E0', "→"),
            Map.entry('\uF0E8', "→"),
            Map.entry('\uF0FC', "✓"),
            Map.entry('\uF0FE', "☑"),
            Map.entry('\uF0A3', "□"));

    private final float width;
    private final float height;
    private final int rotation;
    private final IdentityHashMap<PDFont, String> fontNames;
    private final List<List<Glyph>> quarters = new ArrayList<>();
    private final SlantedText slanted = new SlantedText();
    private int order;
    private int unreadable;

    /** @param fontNames of the document, in small letters, which this adds to */
    GlyphCollector(float width, float height, int rotation, IdentityHashMap<PDFont, String> fontNames) {
        this.width = width;
        this.height = height;
        this.rotation = rotation;
        this.fontNames = fontNames;
        for (int i = 0; i < QUARTERS; i++) {
            quarters.add(new ArrayList<>());
        }
    }

    int size() {
        return order;
    }

    int unreadable() {
        return unreadable;
    }

    List<TextPiece> slanted() {
        return slanted.pieces();
    }

    /** Frames with their glyphs; that of the page's own direction comes first, even without glyphs. */
    Map<PageFrame, List<Glyph>> frames() {
        Map<PageFrame, List<Glyph>> frames = new LinkedHashMap<>();
        for (int i = 0; i < QUARTERS; i++) {
            int direction = (rotation + 90 * i) % 360;
            List<Glyph> glyphs = quarters.get(direction / 90);
            if (i == 0 || !glyphs.isEmpty()) {
                frames.put(new PageFrame(direction, width, height, rotation), glyphs);
            }
        }
        return frames;
    }

    /** Counts a character that its font gives no meaning to. */
    void addUnreadable() {
        unreadable++;
    }

    /** Adds what several glyphs stand for together, at the place of all of them. */
    void addReplaced(List<TextPosition> positions, String text) {
        TextPosition first = positions.getFirst();
        List<Glyph> before = quarters.get(quarterOf(first));
        int count = before.size();
        add(first, text);
        if (before.size() == count + 1) {
            Glyph glyph = before.getLast();
            for (TextPosition position : positions) {
                PageFrame frame = frameOf(position);
                Matrix matrix = position.getTextMatrix();
                float left = frame.xOf(matrix.getTranslateX(), matrix.getTranslateY());
                if (Math.abs(left - glyph.left) < FARTHEST * glyph.size) {
                    glyph.left = Math.min(glyph.left, left);
                    glyph.right = Math.max(glyph.right, left + widthOf(position));
                }
            }
        }
    }

    private static int quarterOf(TextPosition position) {
        if (position.getFont().isVertical()) {
            return 3;
        }
        return Math.floorMod((int) Math.round(angleOf(position.getTextMatrix()) / 90), QUARTERS);
    }

    private static double angleOf(Matrix matrix) {
        return Math.toDegrees(Math.atan2(matrix.getShearY(), matrix.getScaleX()));
    }

    private PageFrame frameOf(TextPosition position) {
        return new PageFrame(90 * quarterOf(position), width, height, rotation);
    }

    /** @param unicode what the glyph stands for */
    void add(TextPosition position, String unicode) {
        String text = meaning(unicode);
        if (text.isEmpty()) {
            return;
        }
        Matrix matrix = position.getTextMatrix();
        double angle = angleOf(matrix);
        float size = sizeOf(position);
        boolean vertical = position.getFont().isVertical();
        if (Math.abs(angle - 90 * Math.round(angle / 90)) > STRAIGHT && !vertical) {
            slanted.add(text, matrix, Math.toRadians(angle), widthOf(position), size);
            order++;
            return;
        }
        PageFrame frame = frameOf(position);
        float x = frame.xOf(matrix.getTranslateX(), matrix.getTranslateY());
        float y = frame.yOf(matrix.getTranslateX(), matrix.getTranslateY());
        float left = vertical ? x - 0.88f * size : x;
        float right = left + (vertical ? size : widthOf(position));
        if (!Float.isFinite(left) || !Float.isFinite(right) || !Float.isFinite(y)) {
            unreadable++;
            return;
        }
        String font = fontNames.computeIfAbsent(position.getFont(), GlyphCollector::nameOf);
        quarters.get(quarterOf(position))
                .add(new Glyph(
                        text,
                        Math.min(left, right),
                        Math.max(left, right),
                        y,
                        size,
                        font.startsWith("b"),
                        font.endsWith("m"),
                        position.getWidthOfSpace(),
                        order++));
    }

    private static float widthOf(TextPosition position) {
        Matrix matrix = position.getTextMatrix();
        return (float)
                Math.hypot(position.getEndX() - matrix.getTranslateX(), position.getEndY() - matrix.getTranslateY());
    }

    /** Fonts whose letters are drawings have sizes of their own. */
    private static float sizeOf(TextPosition position) {
        float size = Math.abs(position.getFontSizeInPt());
        float seen = position.getHeightDir() / 0.7f;
        boolean drawn = position.getFont() instanceof PDType3Font;
        if (seen > 0.5f && (drawn || size < 0.5f || seen > 3 * size || seen < 0.2f * size)) {
            return Math.clamp(seen, 1, 500);
        }
        return Math.clamp(size, 1, 500);
    }

    /** "b" or nothing for bold, then "m" or nothing for fixed width. */
    private static String nameOf(PDFont font) {
        String given = font.getName();
        String name = given == null ? "" : given.toLowerCase(Locale.ROOT);
        return (BOLD.matcher(name).find() ? "b" : "-") + (MONO.matcher(name).find() ? "m" : "-");
    }

    private String meaning(String unicode) {
        StringBuilder text = new StringBuilder(unicode.length());
        for (int i = 0; i < unicode.length(); i++) {
            char character = unicode.charAt(i);
            String symbol = character < '\uE000' ? null : SYMBOLS.get(character);
            if (Character.isSpaceChar(character) || Character.isWhitespace(character)) {
                text.append(' ');
            } else if (symbol != null) {
                text.append(symbol);
            } else if (isMeaningless(character)) {
                unreadable++;
            } else if (!isInvisible(character)) {
                text.append(character == SOFT_HYPHEN || character == HYPHEN ? '-' : character);
            }
        }
        if (!hasPresentationForms(text)) {
            return text.toString();
        }
        // Marks that stand alone become a space with the mark.
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return plain.length() > 1 && plain.charAt(0) == ' ' ? plain.substring(1) : plain;
    }

    private static boolean isInvisible(char character) {
        return character == 0
                || (character >= '\u200B' && character <= '\u200F' && character != '\u200C' && character != '\u200D')
                || (character >= '\u202A' && character <= '\u202E')
                || (character >= '\u2060' && character <= '\u2064')
                || (character >= '\uFFF9' && character <= '\uFFFB')
                || character >= '\uFFFE'
                || character == '\uFEFF';
    }

    private static boolean isMeaningless(char character) {
        return (character >= '\uE000' && character <= '\uF8FF')
                || character == '\uFFFD'
                || (character < ' ' && character != 0 && !Character.isWhitespace(character))
                || (character >= '\u007F' && character < '\u00A0' && character != '\u0085');
    }

    /** Ligatures and the shapes of Arabic letters. */
    private static boolean hasPresentationForms(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if ((character >= '\uFB00' && character <= '\uFDFF') || (character >= '\uFE70' && character < '\uFEFF')) {
                return true;
            }
        }
        return false;
    }
}
