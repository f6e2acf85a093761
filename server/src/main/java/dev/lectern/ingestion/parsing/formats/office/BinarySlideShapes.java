package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.MergedTableBuilder;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.library.ReadingNotice.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.poi.hslf.usermodel.HSLFGroupShape;
import org.apache.poi.hslf.usermodel.HSLFObjectShape;
import org.apache.poi.hslf.usermodel.HSLFPictureShape;
import org.apache.poi.hslf.usermodel.HSLFShape;
import org.apache.poi.hslf.usermodel.HSLFSlide;
import org.apache.poi.hslf.usermodel.HSLFTable;
import org.apache.poi.hslf.usermodel.HSLFTableCell;
import org.apache.poi.hslf.usermodel.HSLFTextParagraph;
import org.apache.poi.hslf.usermodel.HSLFTextRun;
import org.apache.poi.hslf.usermodel.HSLFTextShape;
import org.apache.poi.sl.usermodel.AutoNumberingScheme;
import org.apache.poi.sl.usermodel.Placeholder;
import org.jspecify.annotations.Nullable;

/** Turns the shapes of a slide of PowerPoint 97 to 2003 into blocks: its title first, then the other shapes in their order. */
final class BinarySlideShapes {
    private static final Set<Placeholder> TITLES =
            Set.of(Placeholder.TITLE, Placeholder.CENTERED_TITLE, Placeholder.VERTICAL_TEXT_TITLE);
    private static final Set<Placeholder> BODIES =
            Set.of(Placeholder.BODY, Placeholder.CONTENT, Placeholder.VERTICAL_OBJECT, Placeholder.VERTICAL_TEXT_BODY);

    /** Placeholders that each slide repeats. */
    private static final Set<Placeholder> RUNNING =
            Set.of(Placeholder.DATETIME, Placeholder.FOOTER, Placeholder.SLIDE_NUMBER, Placeholder.HEADER);

    /** The title of a deck is above those of its slides. */
    private static final int SLIDE_TITLE = 2;

    private static final int MAX_TITLE = 200;
    private static final int MAX_LEVELS = 9;
    private static final int MAX_DEPTH = 50;

    private final List<Consumer<ParsedDocumentBuilder>> blocks;
    private @Nullable HSLFTextShape title;
    private boolean titled;

    /** @param blocks gets the calls of the builder */
    BinarySlideShapes(List<Consumer<ParsedDocumentBuilder>> blocks) {
        this.blocks = blocks;
    }

    void read(HSLFSlide slide) {
        List<HSLFShape> shapes = slide.getShapes();
        for (HSLFShape shape : shapes) {
            if (title == null
                    && shape instanceof HSLFTextShape text
                    && is(text, TITLES)
                    && !wholeText(text).isBlank()) {
                title = text;
            }
        }
        if (title != null) {
            String heading = wholeText(title);
            blocks.add(out -> out.heading(SLIDE_TITLE, heading));
            titled = true;
        }
        addAll(shapes, 0);
    }

    private static boolean is(HSLFTextShape shape, Set<Placeholder> kinds) {
        Placeholder placeholder = shape.getPlaceholder();
        return placeholder != null && kinds.contains(placeholder);
    }

    private void addAll(List<HSLFShape> shapes, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        for (HSLFShape shape : shapes) {
            switch (shape) {
                case HSLFTable table -> addTable(table);
                case HSLFGroupShape group -> addAll(group.getShapes(), depth + 1);
                case HSLFTextShape text -> addText(text);
                case HSLFObjectShape embedded -> blocks.add(out -> out.notice(Kind.EMBEDDED_OBJECTS, 1));
                case HSLFPictureShape picture -> blocks.add(out -> out.notice(Kind.PICTURES, 1));
                default -> {
                    // Lines and other shapes without text.
                }
            }
        }
    }

    private void addText(HSLFTextShape shape) {
        if (shape.equals(title) || is(shape, RUNNING)) {
            return;
        }
        boolean listed = is(shape, BODIES);
        Numbers numbers = new Numbers();
        for (HSLFTextParagraph paragraph : shape.getTextParagraphs()) {
            String text = text(paragraph);
            if (text.isBlank()) {
                continue;
            }
            int level = Math.clamp(paragraph.getIndentLevel(), 0, MAX_LEVELS - 1);
            String number = numbers.next(level, paragraph);
            if (!titled && text.length() <= MAX_TITLE) {
                // Without a title of its own, the first text of a slide stands over the rest.
                blocks.add(out -> out.heading(SLIDE_TITLE, text));
            } else if (!number.isEmpty() || paragraph.isBullet() || (listed && level > 0)) {
                blocks.add(out -> out.listItem(level + 1, number.isEmpty() ? text : number + " " + text));
            } else {
                blocks.add(out -> out.paragraph(text));
            }
            titled = true;
        }
    }

    /** POI finds the columns and rows by the places of the cells, and leaves out those that another one covers. */
    private void addTable(HSLFTable table) {
        List<Consumer<MergedTableBuilder>> rows = new ArrayList<>();
        boolean[][] covered = new boolean[table.getNumberOfRows()][table.getNumberOfColumns()];
        for (int row = 0; row < covered.length; row++) {
            for (int column = 0; column < covered[row].length; column++) {
                HSLFTableCell cell = table.getCell(row, column);
                if (covered[row][column]) {
                    rows.add(MergedTableBuilder::covered);
                } else if (cell == null) {
                    rows.add(to -> to.cell("", 1, 1));
                } else {
                    int below = Math.clamp(cell.getRowSpan(), 1, covered.length - row);
                    int right = Math.clamp(cell.getGridSpan(), 1, covered[row].length - column);
                    for (int under = row; under < row + below; under++) {
                        Arrays.fill(covered[under], column, column + right, true);
                    }
                    String text = wholeText(cell);
                    // The cells that it covers on its right follow it.
                    rows.add(to -> to.cell(text, 1, below));
                }
            }
            rows.add(to -> to.endRow(false));
        }
        blocks.add(out -> {
            MergedTableBuilder builder = new MergedTableBuilder(out);
            rows.forEach(row -> row.accept(builder));
        });
        titled = true;
    }

    private static String wholeText(HSLFTextShape shape) {
        return shape.getTextParagraphs().stream().map(BinarySlideShapes::text).collect(Collectors.joining(" "));
    }

    /** Text of a paragraph with its line breaks. */
    static String text(HSLFTextParagraph paragraph) {
        StringBuilder text = new StringBuilder();
        for (HSLFTextRun run : paragraph.getTextRuns()) {
            text.append(run.getRawText());
        }
        return text.toString().replace('\u000B', '\n').replace("\r", "");
    }

    /** Counts the numbered paragraphs of one text by their levels. */
    private static final class Numbers {
        private final int[] next = new int[MAX_LEVELS];
        private final @Nullable AutoNumberingScheme[] schemes = new @Nullable AutoNumberingScheme[MAX_LEVELS];

        /** The number of the paragraph with its signs, such as {@code 3.}; empty without one. */
        String next(int level, HSLFTextParagraph paragraph) {
            AutoNumberingScheme scheme = paragraph.getAutoNumberingScheme();
            Arrays.fill(schemes, level + 1, MAX_LEVELS, null);
            if (scheme != schemes[level]) {
                Integer start = scheme == null ? null : paragraph.getAutoNumberingStartAt();
                next[level] = start == null ? 1 : start;
                schemes[level] = scheme;
            }
            return scheme == null ? "" : scheme.format(next[level]++);
        }
    }
}
