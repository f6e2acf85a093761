package dev.lectern.library.jdbc;

import dev.lectern.library.Block;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice;
import dev.lectern.library.TextLine;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Encodes what a reader found as lines of a text column. A long document has many thousand blocks, so each is a few numbers: those that are the same as in the
 * block before, or 0, are left out.
 */
public final class BlockCodec {
    private static final int SCALE = 10_000;
    private static final List<Block.Type> TYPES = List.of(Block.Type.values());
    private static final List<ReadingNotice.Kind> KINDS = List.of(ReadingNotice.Kind.values());
    private static final List<Mark> MARKS = List.of(Mark.values());

    private BlockCodec() {}

    /** Each line is the type, the distance from the end of the block before, the length, and by choice level (l), page (p), marks (m) and confidence (c). */
    public static String encodeBlocks(List<Block> blocks) {
        StringBuilder lines = new StringBuilder();
        int before = 0;
        Integer page = null;
        for (Block block : blocks) {
            lines.append(lines.isEmpty() ? "" : "\n").append(block.type().name());
            append(' ', block.start() - before, lines);
            append(' ', block.end() - block.start(), lines);
            if (block.level() != 0) {
                append('l', block.level(), lines.append(' '));
            }
            Integer own = block.page();
            if (own != null && !own.equals(page)) {
                append('p', own, lines.append(' '));
            } else if (own == null && page != null) {
                append('p', 0, lines.append(' '));
            }
            for (Mark mark : new TreeSet<>(block.marks())) {
                lines.append(" m").append(mark.name());
            }
            Integer confidence = block.confidence();
            if (confidence != null) {
                append('c', confidence, lines.append(' '));
            }
            before = block.end();
            page = own;
        }
        return lines.toString();
    }

    private static void append(char name, int value, StringBuilder lines) {
        lines.append(name).append(value);
    }

    /**
     * What a later release has written may have types and marks that are unknown here: paragraphs, and no mark.
     *
     * @param lines null for a version that was committed without blocks, which has none
     */
    public static List<Block> decodeBlocks(@Nullable String lines) {
        List<Block> blocks = new ArrayList<>();
        int before = 0;
        Integer page = null;
        for (String line : split(lines)) {
            String[] parts = line.split(" ", -1);
            int start = before + Integer.parseInt(parts[1]);
            before = start + Integer.parseInt(parts[2]);
            int level = 0;
            Integer confidence = null;
            Set<Mark> marks = EnumSet.noneOf(Mark.class);
            for (int i = 3; i < parts.length; i++) {
                String value = parts[i].substring(1);
                switch (parts[i].charAt(0)) {
                    case 'l' -> level = Integer.parseInt(value);
                    case 'p' -> page = value.equals("0") ? null : Integer.valueOf(value);
                    case 'm' ->
                        MARKS.stream().filter(mark -> mark.name().equals(value)).forEach(marks::add);
                    case 'c' -> confidence = Integer.valueOf(value);
                    default -> {
                        // A later release's.
                    }
                }
            }
            blocks.add(new Block(type(parts[0]), start, before, level, page, marks, confidence));
        }
        return blocks;
    }

    private static Block.Type type(String name) {
        return TYPES.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElse(Block.Type.PARAGRAPH);
    }

    /** Each line is the distance from the end of the line before, the length, the page, and the rectangle in ten thousandths of the page. */
    public static String encodeLines(List<TextLine> textLines) {
        StringBuilder lines = new StringBuilder();
        int before = 0;
        for (TextLine line : textLines) {
            lines.append(lines.isEmpty() ? "" : "\n").append(line.start() - before);
            for (int value : new int[] {
                line.end() - line.start(),
                line.page(),
                scaled(line.left()),
                scaled(line.top()),
                scaled(line.width()),
                scaled(line.height())
            }) {
                append(' ', value, lines);
            }
            before = line.end();
        }
        return lines.toString();
    }

    private static int scaled(float fraction) {
        return Math.clamp(Math.round(fraction * SCALE), 0, SCALE);
    }

    /** @param lines null for a version that was committed without them, which has none */
    public static List<TextLine> decodeLines(@Nullable String lines) {
        List<TextLine> textLines = new ArrayList<>();
        int before = 0;
        for (String line : split(lines)) {
            String[] parts = line.split(" ", -1);
            int start = before + Integer.parseInt(parts[0]);
            before = start + Integer.parseInt(parts[1]);
            textLines.add(new TextLine(
                    start,
                    before,
                    Integer.parseInt(parts[2]),
                    fraction(parts[3]),
                    fraction(parts[4]),
                    fraction(parts[5]),
                    fraction(parts[6])));
        }
        return textLines;
    }

    private static float fraction(String scaled) {
        return (float) Integer.parseInt(scaled) / SCALE;
    }

    /** Null for none, so that most documents have nothing in the column. */
    public static @Nullable String encodeNotices(List<ReadingNotice> notices) {
        return notices.isEmpty()
                ? null
                : String.join("\n", notices.stream().map(BlockCodec::encode).toList());
    }

    private static String encode(ReadingNotice notice) {
        Integer total = notice.total();
        String detail = notice.detail();
        return notice.kind().name() + " " + notice.count() + " " + (total == null ? 0 : total) + " "
                + (detail == null ? "" : detail.replace('\n', ' ').replace('\r', ' '));
    }

    /** Kinds that a later release has written and that are unknown here are left out. */
    public static List<ReadingNotice> decodeNotices(@Nullable String lines) {
        List<ReadingNotice> notices = new ArrayList<>();
        for (String line : split(lines)) {
            String[] parts = line.split(" ", 4);
            int total = Integer.parseInt(parts[2]);
            KINDS.stream()
                    .filter(kind -> kind.name().equals(parts[0]))
                    .forEach(kind -> notices.add(new ReadingNotice(
                            kind,
                            Integer.parseInt(parts[1]),
                            total == 0 ? null : total,
                            parts[3].isEmpty() ? null : parts[3])));
        }
        return notices;
    }

    private static List<String> split(@Nullable String lines) {
        return lines == null || lines.isEmpty() ? List.of() : List.of(lines.split("\n", -1));
    }
}
