package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.library.ReadingNotice.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.apache.poi.hwpf.model.PicturesTable;
import org.apache.poi.hwpf.usermodel.CharacterRun;
import org.apache.poi.hwpf.usermodel.Range;

/** The text of one story of a Word 97–2003 document: without hidden and deleted text and the instructions of fields, whose results are text. */
final class BinaryWordText {
    private static final char PICTURE = 0x01;
    private static final char NOTE = 0x02;
    private static final char COMMENT = 0x05;
    private static final char FIELD_BEGIN = 0x13;
    private static final char FIELD_RESULT = 0x14;
    private static final char FIELD_END = 0x15;
    private static final char LINE_BREAK = 0x0B;
    private static final char HYPHEN = 0x1E;

    private final PicturesTable pictures;
    private final Consumer<Kind> counter;
    private final IntConsumer noteReferences;
    private final Runnable commentReferences;
    private final Deque<Field> fields = new ArrayDeque<>();
    private boolean numbered;

    /**
     * @param counter gets what is left out
     * @param noteReferences gets the place of each reference to a note, in characters from the beginning of the document
     * @param commentReferences run for each reference to a comment
     */
    BinaryWordText(
            PicturesTable pictures, Consumer<Kind> counter, IntConsumer noteReferences, Runnable commentReferences) {
        this.pictures = pictures;
        this.counter = counter;
        this.noteReferences = noteReferences;
        this.commentReferences = commentReferences;
    }

    private static final class Field {
        private final StringBuilder instruction = new StringBuilder();
        private boolean hasResult;
    }

    /** Whether a number of a page was in the text so far. */
    boolean hasPageNumber() {
        return numbered;
    }

    /** The text of a paragraph, or of several, each in its own line. A field may go on in the next paragraph. */
    String read(Range range) {
        StringBuilder text = new StringBuilder();
        boolean hidden = false;
        boolean deleted = false;
        for (int i = 0; i < range.numCharacterRuns(); i++) {
            CharacterRun run = range.getCharacterRun(i);
            boolean blank = run.text().isBlank();
            if (run.isMarkedDeleted()) {
                deleted |= !blank;
            } else if (run.isVanished()) {
                hidden |= !blank;
            } else if (run.isSymbol()) {
                counter.accept(Kind.UNREADABLE_CHARACTERS);
            } else {
                append(run, text);
            }
        }
        List<Kind> leftOut = new ArrayList<>();
        if (hidden) {
            leftOut.add(Kind.HIDDEN_TEXT);
        }
        if (deleted) {
            leftOut.add(Kind.DELETED_TEXT);
        }
        leftOut.forEach(counter);
        return text.toString();
    }

    private void append(CharacterRun run, StringBuilder text) {
        String content = run.text();
        for (int i = 0; i < content.length(); i++) {
            char character = content.charAt(i);
            switch (character) {
                case FIELD_BEGIN -> fields.push(new Field());
                case FIELD_RESULT -> beginResult();
                case FIELD_END -> {
                    if (!fields.isEmpty()) {
                        endField(fields.pop());
                    }
                }
                default -> {
                    Field within = fields.peek();
                    if (within != null && !within.hasResult) {
                        within.instruction.append(character);
                    } else if (fields.stream().allMatch(field -> field.hasResult)) {
                        appendShown(run, i, character, text);
                    }
                }
            }
        }
    }

    private void beginResult() {
        Field field = fields.peek();
        if (field != null && !field.hasResult) {
            field.hasResult = true;
            String instruction = nameOf(field);
            numbered |= instruction.equals("PAGE") || instruction.equals("NUMPAGES");
        }
    }

    private void endField(Field field) {
        if (nameOf(field).equals("EMBED")) {
            counter.accept(Kind.EMBEDDED_OBJECTS);
        }
        numbered |= nameOf(field).equals("PAGE");
    }

    private static String nameOf(Field field) {
        return field.instruction.toString().strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    }

    private void appendShown(CharacterRun run, int at, char character, StringBuilder text) {
        switch (character) {
            case PICTURE -> {
                boolean object = fields.stream().anyMatch(field -> nameOf(field).equals("EMBED"));
                if (!object && pictures.hasPicture(run)) {
                    counter.accept(Kind.PICTURES);
                }
            }
            case NOTE -> {
                if (run.isSpecialCharacter()) {
                    noteReferences.accept(run.getStartOffset() + at);
                }
            }
            case COMMENT -> {
                if (run.isSpecialCharacter()) {
                    commentReferences.run();
                }
            }
            case LINE_BREAK, '\r', '\f', 0x0E -> text.append('\n');
            case HYPHEN -> text.append('-');
            default -> {
                if (character >= ' ' || character == '\t') {
                    text.append(character);
                } else if (character == 0x07) {
                    // The end of a cell within a cell.
                    text.append(' ');
                }
            }
        }
    }
}
