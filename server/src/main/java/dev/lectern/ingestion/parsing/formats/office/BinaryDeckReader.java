package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.document.RunningTexts;
import dev.lectern.ingestion.parsing.formats.sheet.BinarySheetReader;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hslf.exceptions.OldPowerPointFormatException;
import org.apache.poi.hslf.model.HeadersFooters;
import org.apache.poi.hslf.usermodel.HSLFComment;
import org.apache.poi.hslf.usermodel.HSLFNotes;
import org.apache.poi.hslf.usermodel.HSLFSimpleShape;
import org.apache.poi.hslf.usermodel.HSLFSlide;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hslf.usermodel.HSLFTextShape;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.sl.usermodel.Placeholder;
import org.jspecify.annotations.Nullable;

/**
 * Decks of PowerPoint 97 to 2003 in the order of their slides, hidden ones too; each with its notes and comments. Damaged ones in which POI does not find its
 * way are read by the general reader, which knows less of their structure.
 */
public final class BinaryDeckReader implements FormatReader {
    public static final String MEDIA_TYPE = "application/vnd.ms-powerpoint";

    private static final Set<Placeholder> NO_NOTES = Set.of(
            Placeholder.SLIDE_IMAGE,
            Placeholder.SLIDE_NUMBER,
            Placeholder.DATETIME,
            Placeholder.HEADER,
            Placeholder.FOOTER);

    private final FormatReader other;

    /** @param other reads what this one cannot */
    public BinaryDeckReader(FormatReader other) {
        this.other = other;
    }

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws Exception {
        List<Consumer<ParsedDocumentBuilder>> blocks = readDeck(inputFile);
        if (blocks == null) {
            return other.read(inputFile, out);
        }
        blocks.forEach(block -> block.accept(out));
        out.page(null);
        try (POIFSFileSystem file = new POIFSFileSystem(inputFile.file().toFile(), true)) {
            return BinarySheetReader.readProperties(file.getRoot(), out);
        }
    }

    /** The calls of the builder, kept until the whole deck was understood; null when the other reader has to read it. */
    private static @Nullable List<Consumer<ParsedDocumentBuilder>> readDeck(InputFile inputFile) throws IOException {
        try (POIFSFileSystem file = new POIFSFileSystem(inputFile.file().toFile(), true);
                HSLFSlideShow deck = new HSLFSlideShow(file)) {
            List<Consumer<ParsedDocumentBuilder>> blocks = new ArrayList<>();
            RunningTexts[] running = new RunningTexts[1];
            blocks.add(out -> running[0] = new RunningTexts(out));
            List<HSLFSlide> slides = deck.getSlides();
            List<String> hidden = new ArrayList<>();
            for (int i = 0; i < slides.size(); i++) {
                HSLFSlide slide = slides.get(i);
                int number = i + 1;
                blocks.add(out -> out.page(number));
                if (slide.isHidden()) {
                    hidden.add((hidden.isEmpty() ? "slide " : "") + number);
                    blocks.add(out -> out.mark(Set.of(Mark.HIDDEN)));
                }
                new BinarySlideShapes(blocks).read(slide);
                addRunningTexts(slide, running, blocks);
                addNotes(slide.getNotes(), blocks);
                slide.getComments().forEach(comment -> addComment(comment, blocks));
                blocks.add(out -> out.mark(Set.of()));
            }
            blocks.add(
                    out -> out.notice(Kind.HIDDEN_INCLUDED, hidden.size(), slides.size(), String.join(", ", hidden)));
            return blocks;
        } catch (EncryptedDocumentException e) {
            throw e;
        } catch (OldPowerPointFormatException e) {
            throw RejectionException.oldFormat("PowerPoint 95 or older");
        } catch (RuntimeException damaged) {
            // POI throws many kinds of them where a file is not as it should be.
            return null;
        }
    }

    private static void addRunningTexts(
            HSLFSlide slide, RunningTexts[] running, List<Consumer<ParsedDocumentBuilder>> blocks) {
        HeadersFooters texts = slide.getHeadersFooters();
        if (texts != null && texts.isFooterVisible() && texts.getFooterText() != null) {
            String footer = texts.getFooterText();
            blocks.add(out -> running[0].add(Mark.FOOTER, footer));
        }
    }

    private static void addNotes(@Nullable HSLFNotes notes, List<Consumer<ParsedDocumentBuilder>> blocks) {
        if (notes == null) {
            return;
        }
        for (var shape : notes.getShapes()) {
            if (shape instanceof HSLFTextShape text && !isNoNote(text)) {
                // Programs write a star where the number of a page is.
                String note = text.getTextParagraphs().stream()
                        .map(BinarySlideShapes::text)
                        .filter(line -> !line.strip().equals("*"))
                        .collect(Collectors.joining("\n"));
                blocks.add(out -> out.note(Mark.SPEAKER_NOTE, note));
            }
        }
    }

    /** The picture of the slide, its number, date and footer. */
    private static boolean isNoNote(HSLFSimpleShape shape) {
        Placeholder placeholder = shape.getPlaceholder();
        return placeholder != null && NO_NOTES.contains(placeholder);
    }

    private static void addComment(HSLFComment comment, List<Consumer<ParsedDocumentBuilder>> blocks) {
        String text = Objects.requireNonNullElse(comment.getText(), "");
        String author = Objects.requireNonNullElse(comment.getAuthor(), "");
        blocks.add(out -> out.note(Mark.COMMENT, author.isBlank() || text.isBlank() ? text : author + ": " + text));
    }
}
