package dev.lectern.ingestion.parsing.ocr;

import dev.lectern.ingestion.parsing.ocr.RecognisedPage.Area;
import dev.lectern.ingestion.parsing.ocr.RecognisedPage.Line;
import dev.lectern.ingestion.parsing.ocr.RecognisedPage.Paragraph;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a command printed: TSV as Tesseract prints it, with confidences and places, or else plain text. */
final class OcrOutputParser {
    private static final String TSV_HEADER =
            "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext";
    private static final int COLUMNS = 12;
    private static final int PAGE = 1;
    private static final int WORD = 5;
    private static final Pattern BLANK_LINES = Pattern.compile("\\n\\s*\\n");

    private final TreeMap<Integer, PageBuilder> pages = new TreeMap<>();

    private OcrOutputParser() {}

    /** The pages of the picture, of which most have one. */
    static List<RecognisedPage> parse(String output) {
        String text = output.replace("\r\n", "\n").strip();
        return text.startsWith(TSV_HEADER) ? new OcrOutputParser().parseTsv(text) : parsePlain(text);
    }

    /** Pages are parted by form feeds, paragraphs by empty lines. */
    private static List<RecognisedPage> parsePlain(String text) {
        List<RecognisedPage> pages = new ArrayList<>();
        for (String page : text.split("\f")) {
            List<Paragraph> paragraphs = new ArrayList<>();
            for (String paragraph : BLANK_LINES.split(page)) {
                List<Line> lines = paragraph
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .map(line -> new Line(line, null))
                        .toList();
                if (!lines.isEmpty()) {
                    paragraphs.add(new Paragraph(lines, null));
                }
            }
            pages.add(new RecognisedPage(paragraphs));
        }
        return pages;
    }

    private List<RecognisedPage> parseTsv(String text) {
        text.lines().skip(1).forEach(this::addRow);
        return pages.values().stream().map(PageBuilder::build).toList();
    }

    /** A row that is not one of Tesseract's is left out. */
    private void addRow(String row) {
        String[] cells = row.split("\t", COLUMNS);
        int[] numbers = cells.length < COLUMNS - 1 ? null : numbers(cells);
        if (numbers == null) {
            return;
        }
        PageBuilder page = pages.computeIfAbsent(numbers[1], number -> new PageBuilder());
        if (numbers[0] == PAGE) {
            page.setSize(numbers[8], numbers[9]);
        } else if (numbers[0] == WORD && cells.length == COLUMNS && !cells[11].isBlank()) {
            page.addWord(numbers, cells[10], cells[11].strip());
        }
    }

    /** The ten whole numbers of a row; null when they are none. */
    private static int @Nullable [] numbers(String[] cells) {
        int[] numbers = new int[10];
        try {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Integer.parseInt(cells[i]);
            }
        } catch (NumberFormatException e) {
            return null;
        }
        return numbers;
    }

    private static final class PageBuilder {
        private final TreeMap<String, ParagraphBuilder> paragraphs = new TreeMap<>();
        private int width;
        private int height;

        void setSize(int width, int height) {
            this.width = width;
            this.height = height;
        }

        void addWord(int[] row, String confidence, String word) {
            // Keys of equal length sort as the numbers do.
            String key = "%010d %010d".formatted(row[2], row[3]);
            paragraphs.computeIfAbsent(key, one -> new ParagraphBuilder()).add(row, confidence, word);
        }

        RecognisedPage build() {
            return new RecognisedPage(paragraphs.values().stream()
                    .map(paragraph -> paragraph.build(width, height))
                    .toList());
        }
    }

    private static final class ParagraphBuilder {
        private final TreeMap<Integer, LineBuilder> lines = new TreeMap<>();
        private double confidence;
        private int weighed;

        void add(int[] row, String percent, String word) {
            lines.computeIfAbsent(row[4], one -> new LineBuilder()).add(row, word);
            try {
                double value = Double.parseDouble(percent);
                if (value >= 0 && value <= 100) {
                    confidence += value * word.length();
                    weighed += word.length();
                }
            } catch (NumberFormatException unknown) {
                // The word counts, its confidence is not known.
                return;
            }
        }

        Paragraph build(int width, int height) {
            return new Paragraph(
                    lines.values().stream()
                            .map(line -> line.build(width, height))
                            .toList(),
                    weighed == 0 ? null : (int) Math.round(confidence / weighed));
        }
    }

    private static final class LineBuilder {
        private final StringBuilder text = new StringBuilder();
        private int left = Integer.MAX_VALUE;
        private int top = Integer.MAX_VALUE;
        private int right;
        private int bottom;

        void add(int[] row, String word) {
            text.append(text.isEmpty() ? "" : " ").append(word);
            left = Math.min(left, row[6]);
            top = Math.min(top, row[7]);
            right = Math.max(right, row[6] + row[8]);
            bottom = Math.max(bottom, row[7] + row[9]);
        }

        Line build(int width, int height) {
            boolean known = left >= 0 && top >= 0 && left < right && top < bottom && right <= width && bottom <= height;
            return new Line(
                    text.toString(),
                    known
                            ? new Area(
                                    (float) left / width,
                                    (float) top / height,
                                    (float) (right - left) / width,
                                    (float) (bottom - top) / height)
                            : null);
        }
    }
}
