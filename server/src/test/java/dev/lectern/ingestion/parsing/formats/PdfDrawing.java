package dev.lectern.ingestion.parsing.formats;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageFitDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;
import org.apache.pdfbox.util.Matrix;

/**
 * Draws PDF files of A4 pages as a text describes them, a command in each line. Places are in points, from the left and the top of the page.
 *
 * <pre>
 * text X Y [size N] [bold] [mono] [wide] [up] [slanted]: TEXT   wide: with a font that has the letters of more scripts; up: along the page
 * row Y at X X …  [bold]: TEXT | TEXT …                           pieces of one line; an empty one is not drawn
 * lines X Y DISTANCE [mono …]: TEXT / TEXT …                      lines below each other
 * rule X Y X Y                                                    a thin line between two points
 * picture X Y WIDTH HEIGHT
 * page                                                            begins the next page
 * comment: TEXT                                                   of Ada, on the page
 * bookmark LEVEL PAGE: TEXT
 * info KEY: TEXT                                                  title, author or subject of the file
 * </pre>
 */
final class PdfDrawing {
    private static final float DEFAULT_SIZE = 10;

    private final PDDocument document = new PDDocument();
    private final List<PDOutlineNode> outline = new ArrayList<>();
    private final Map<String, String> info = new HashMap<>();
    private final List<Runnable> bookmarks = new ArrayList<>();
    private PDPage page = addPage();

    private PdfDrawing() {}

    static byte[] draw(String description) throws IOException {
        PdfDrawing drawing = new PdfDrawing();
        try (drawing.document) {
            for (String line :
                    description.lines().filter(text -> !text.isBlank()).toList()) {
                drawing.execute(line);
            }
            return drawing.save();
        }
    }

    private void execute(String line) throws IOException {
        int colon = line.indexOf(": ");
        String text = colon < 0 ? "" : line.substring(colon + 2);
        List<String> words = List.of((colon < 0 ? line : line.substring(0, colon)).split(" "));
        switch (words.getFirst()) {
            case "text" -> write(number(words, 1), number(words, 2), words.subList(3, words.size()), text);
            case "row" -> writeRow(words, text);
            case "lines" -> writeLines(words, text);
            case "rule" -> rule(number(words, 1), number(words, 2), number(words, 3), number(words, 4));
            case "picture" -> picture(number(words, 1), number(words, 2), number(words, 3), number(words, 4));
            case "page" -> page = addPage();
            case "comment" -> comment(text);
            case "bookmark" -> bookmarks.add(() -> bookmark((int) number(words, 1), (int) number(words, 2), text));
            case "info" -> info.put(words.get(1), text);
            default -> throw new IllegalArgumentException("Unknown command: " + line);
        }
    }

    private static float number(List<String> words, int at) {
        return Float.parseFloat(words.get(at));
    }

    private PDPage addPage() {
        PDPage added = new PDPage(PDRectangle.A4);
        document.addPage(added);
        return added;
    }

    private float fromTop(float y) {
        return page.getMediaBox().getHeight() - y;
    }

    private void write(float x, float y, List<String> style, String text) throws IOException {
        int size = style.indexOf("size");
        double angle = style.contains("up") ? Math.PI / 2 : style.contains("slanted") ? Math.PI / 4 : 0;
        draw(content -> {
            content.beginText();
            content.setFont(font(Set.copyOf(style)), size < 0 ? DEFAULT_SIZE : number(style, size + 1));
            content.setTextMatrix(Matrix.getRotateInstance(angle, x, fromTop(y)));
            content.showText(text);
            content.endText();
        });
    }

    private PDFont font(Set<String> style) throws IOException {
        if (style.contains("wide")) {
            return PDType0Font.load(
                    document,
                    PDFont.class.getResourceAsStream("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf"));
        }
        return new PDType1Font(
                style.contains("mono")
                        ? FontName.COURIER
                        : style.contains("bold") ? FontName.HELVETICA_BOLD : FontName.HELVETICA);
    }

    private void writeRow(List<String> words, String text) throws IOException {
        List<String> places = words.subList(3, words.size());
        String[] pieces = text.split("\\|", -1);
        for (int i = 0; i < pieces.length; i++) {
            if (!pieces[i].isBlank()) {
                write(number(places, i), number(words, 1), places, pieces[i].strip());
            }
        }
    }

    private void writeLines(List<String> words, String text) throws IOException {
        float y = number(words, 2);
        for (String line : text.split(" / ", -1)) {
            write(number(words, 1), y, words.subList(4, words.size()), line);
            y += number(words, 3);
        }
    }

    private void rule(float left, float top, float right, float bottom) throws IOException {
        draw(content -> {
            content.setLineWidth(0.5f);
            content.moveTo(left, fromTop(top));
            content.lineTo(right, fromTop(bottom));
            content.stroke();
        });
    }

    private void picture(float left, float top, float width, float height) throws IOException {
        BufferedImage pixels = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 40; i++) {
            pixels.setRGB(i, i, Color.WHITE.getRGB());
        }
        draw(content -> content.drawImage(
                LosslessFactory.createFromImage(document, pixels), left, fromTop(top + height), width, height));
    }

    private void comment(String text) throws IOException {
        PDAnnotationText annotation = new PDAnnotationText();
        annotation.setTitlePopup("Ada");
        annotation.setContents(text);
        annotation.setRectangle(new PDRectangle(500, 700, 20, 20));
        page.getAnnotations().add(annotation);
    }

    private void bookmark(int level, int number, String title) {
        PDOutlineItem item = new PDOutlineItem();
        item.setTitle(title);
        PDPageFitDestination destination = new PDPageFitDestination();
        destination.setPage(document.getPage(number - 1));
        item.setDestination(destination);
        outline.subList(level, outline.size()).clear();
        outline.getLast().addLast(item);
        outline.add(item);
    }

    private byte[] save() throws IOException {
        if (!bookmarks.isEmpty()) {
            PDDocumentOutline root = new PDDocumentOutline();
            document.getDocumentCatalog().setDocumentOutline(root);
            outline.add(root);
            bookmarks.forEach(Runnable::run);
        }
        info.forEach((key, value) -> {
            switch (key) {
                case "title" -> document.getDocumentInformation().setTitle(value);
                case "author" -> document.getDocumentInformation().setAuthor(value);
                case "subject" -> document.getDocumentInformation().setSubject(value);
                default -> throw new IllegalArgumentException("Unknown information: " + key);
            }
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.save(bytes);
        return bytes.toByteArray();
    }

    private interface Drawing {
        void on(PDPageContentStream content) throws IOException;
    }

    private void draw(Drawing drawing) throws IOException {
        try (PDPageContentStream content = new PDPageContentStream(document, page, AppendMode.APPEND, false)) {
            drawing.on(content);
        }
    }
}
