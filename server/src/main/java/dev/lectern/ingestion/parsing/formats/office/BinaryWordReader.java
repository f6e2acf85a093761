package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.sheet.BinarySheetReader;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.model.StyleSheet;
import org.apache.poi.hwpf.usermodel.HeaderStories;
import org.apache.poi.hwpf.usermodel.Notes;
import org.apache.poi.hwpf.usermodel.OfficeDrawing;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.apache.poi.hwpf.usermodel.Range;
import org.apache.poi.hwpf.usermodel.Table;
import org.apache.poi.hwpf.usermodel.TableCell;
import org.apache.poi.hwpf.usermodel.TableRow;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.tika.parser.microsoft.ListManager;
import org.jspecify.annotations.Nullable;

/**
 * Documents of Word 97 to 2003 in the order of the file, with their tables, numbers, notes and running texts. Those of Word 6 and 95, and damaged ones in
 * which POI does not find its way, are read by the general reader, which knows less of their structure.
 */
public final class BinaryWordReader implements FormatReader {
    public static final String MEDIA_TYPE = "application/msword";

    private final FormatReader other;

    /** @param other reads what this one cannot */
    public BinaryWordReader(FormatReader other) {
        this.other = other;
    }

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws Exception {
        Story story = readStory(inputFile);
        if (story == null) {
            return other.read(inputFile, out);
        }
        TextDocumentBlocks blocks = new TextDocumentBlocks(out);
        story.blocks.forEach(block -> block.addTo(blocks));
        blocks.finish();
        try (POIFSFileSystem file = new POIFSFileSystem(inputFile.file().toFile(), true)) {
            String title = BinarySheetReader.readProperties(file.getRoot(), out);
            return title == null ? blocks.title() : title;
        }
    }

    /** @return null when the document has to be read by the other reader */
    private static @Nullable Story readStory(InputFile inputFile) throws IOException {
        try (POIFSFileSystem file = new POIFSFileSystem(inputFile.file().toFile(), true)) {
            Story story = new Story(new HWPFDocument(file));
            story.read();
            return story;
        } catch (EncryptedDocumentException e) {
            throw e;
        } catch (RuntimeException oldOrDamaged) {
            // POI throws many kinds of them where a file is not as it should be.
            return null;
        }
    }

    /** One call of the builder of blocks; kept until the whole document was understood. */
    private interface Addition {
        void addTo(TextDocumentBlocks blocks);
    }

    /** Reads the parts of a document. */
    private static final class Story {
        private final HWPFDocument document;
        private final StyleSheet styles;
        private final ListManager lists;
        private final List<Addition> blocks = new ArrayList<>();
        private final Map<Integer, String> notes = new TreeMap<>();
        private final Deque<String> comments = new ArrayDeque<>();

        Story(HWPFDocument document) {
            this.document = document;
            styles = document.getStyleSheet();
            lists = new ListManager(document);
        }

        void read() {
            for (int i = 0; i < styles.numStyles(); i++) {
                String name = styleName(i);
                int number = i;
                blocks.add(to -> to.style(number, name));
            }
            addNotes(document.getFootnotes(), document.getFootnoteRange());
            addNotes(document.getEndnotes(), document.getEndnoteRange());
            readComments();
            BinaryWordText text = text(this::addNote, this::addComment);
            readParagraphs(document.getRange(), text);
            readParagraphs(document.getMainTextboxRange(), text);
            // Of references that are hidden or deleted.
            List.copyOf(notes.keySet()).forEach(this::addNote);
            while (!comments.isEmpty()) {
                addComment();
            }
            for (OfficeDrawing drawing : document.getOfficeDrawingsMain().getOfficeDrawings()) {
                if (drawing.getPictureData() != null) {
                    count(Kind.PICTURES);
                }
            }
            readRunningTexts();
        }

        private BinaryWordText text(IntConsumer noteReferences, Runnable commentReferences) {
            return new BinaryWordText(document.getPicturesTable(), this::count, noteReferences, commentReferences);
        }

        private void count(Kind kind) {
            blocks.add(to -> to.count(kind));
        }

        private String styleName(int index) {
            var style = index < styles.numStyles() ? styles.getStyleDescription(index) : null;
            return style == null || style.getName() == null
                    ? ""
                    : style.getName().strip().toLowerCase(Locale.ROOT);
        }

        private void addNotes(Notes all, Range texts) {
            for (int i = 0; i < all.getNotesCount(); i++) {
                int start = texts.getStartOffset() + all.getNoteTextStartOffset(i);
                int end = texts.getStartOffset() + all.getNoteTextEndOffset(i);
                notes.put(all.getNoteAnchorPosition(i), noteText(new Range(start, end, document)));
            }
        }

        private String noteText(Range range) {
            return text(position -> {}, () -> {}).read(range).strip();
        }

        /** Each begins with the mark that the text has too. */
        private void readComments() {
            Range all = document.getCommentsRange();
            StringBuilder comment = new StringBuilder();
            for (int i = 0; i < all.numParagraphs(); i++) {
                Range paragraph = all.getParagraph(i);
                if (paragraph.text().startsWith("\u0005") && !comment.isEmpty()) {
                    comments.add(comment.toString().strip());
                    comment.setLength(0);
                }
                comment.append(noteText(paragraph)).append('\n');
            }
            if (!comment.toString().isBlank()) {
                comments.add(comment.toString().strip());
            }
        }

        private void addNote(int position) {
            String note = notes.remove(position);
            if (note != null) {
                blocks.add(to -> to.note(Mark.FOOTNOTE, note));
            }
        }

        private void addComment() {
            String comment = comments.poll();
            if (comment != null) {
                blocks.add(to -> to.note(Mark.COMMENT, comment));
            }
        }

        private void readParagraphs(Range range, BinaryWordText text) {
            for (int i = 0; i < range.numParagraphs(); i++) {
                Paragraph paragraph = range.getParagraph(i);
                if (paragraph.isInTable() && !paragraph.isTableRowEnd()) {
                    Table table = range.getTable(paragraph);
                    readTable(table, text);
                    i += Math.max(0, table.numParagraphs() - 1);
                } else {
                    readParagraph(paragraph, text);
                }
            }
        }

        private void readParagraph(Paragraph paragraph, BinaryWordText text) {
            String label = label(paragraph);
            String words = text.read(paragraph).stripTrailing();
            int style = paragraph.getStyleIndex();
            if (styleName(style).matches("toc \\d")) {
                if (!words.isBlank()) {
                    count(Kind.CONTENTS_ENTRIES);
                }
                return;
            }
            int level = paragraph.isInList() ? Math.clamp(paragraph.getIlvl(), 0, 8) : -1;
            int outline = Math.clamp(paragraph.getLvl(), 0, 9);
            blocks.add(to -> to.paragraph(words, new TextDocumentBlocks.Properties(style, outline, level, label)));
        }

        /** The number of an item; empty for bullets. */
        private String label(Paragraph paragraph) {
            String label = paragraph.isInList() ? lists.getFormattedNumber(paragraph) : "";
            return label != null && label.chars().anyMatch(Character::isLetterOrDigit) ? label.strip() : "";
        }

        private void readTable(Table table, BinaryWordText text) {
            for (int i = 0; i < table.numRows(); i++) {
                TableRow row = table.getRow(i);
                List<TextDocumentTable.Cell> cells = new ArrayList<>();
                for (int j = 0; j < row.numCells(); j++) {
                    TableCell cell = row.getCell(j);
                    cells.add(new TextDocumentTable.Cell(merge(cell), cell.getLeftEdge() + cell.getWidth()));
                    for (int k = 0; k < cell.numParagraphs(); k++) {
                        Paragraph paragraph = cell.getParagraph(k);
                        String label = label(paragraph);
                        String words = text.read(paragraph).strip();
                        blocks.add(to -> to.cellText(label.isEmpty() ? words : label + " " + words));
                    }
                    blocks.add(TextDocumentBlocks::endCell);
                }
                int left = row.numCells() == 0 ? 0 : row.getCell(0).getLeftEdge();
                var layout = new TextDocumentTable.Layout(row.isTableHeader(), left, cells);
                blocks.add(to -> to.endRow(layout));
            }
        }

        private static TextDocumentTable.Merge merge(TableCell cell) {
            if (cell.isMerged() && !cell.isFirstMerged()) {
                return TextDocumentTable.Merge.WITH_LEFT;
            }
            return cell.isVerticallyMerged() && !cell.isFirstVerticallyMerged()
                    ? TextDocumentTable.Merge.WITH_ABOVE
                    : TextDocumentTable.Merge.NONE;
        }

        private void readRunningTexts() {
            HeaderStories stories = new HeaderStories(document);
            addRunning(Mark.HEADER, stories.getFirstHeaderSubrange());
            addRunning(Mark.HEADER, stories.getOddHeaderSubrange());
            addRunning(Mark.HEADER, stories.getEvenHeaderSubrange());
            addRunning(Mark.FOOTER, stories.getFirstFooterSubrange());
            addRunning(Mark.FOOTER, stories.getOddFooterSubrange());
            addRunning(Mark.FOOTER, stories.getEvenFooterSubrange());
        }

        private void addRunning(Mark mark, @Nullable Range range) {
            if (range != null) {
                for (int i = 0; i < range.numParagraphs(); i++) {
                    BinaryWordText text = text(position -> {}, () -> {});
                    String words = text.read(range.getParagraph(i)).strip();
                    if (!text.hasPageNumber()) {
                        blocks.add(to -> to.furniture(mark, words));
                    }
                }
            }
        }
    }
}
