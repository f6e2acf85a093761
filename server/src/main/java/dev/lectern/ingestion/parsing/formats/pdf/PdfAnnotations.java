package dev.lectern.ingestion.parsing.formats.pdf;

import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PageFrame;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfFrame;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfPage;
import dev.lectern.ingestion.parsing.formats.pdf.layout.TextPiece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationMarkup;
import org.jspecify.annotations.Nullable;

/** The annotations of a PDF: values of form fields and texts that are shown on the page, at their places, and comments. */
final class PdfAnnotations {
    private static final int MAX_ANNOTATIONS = 20_000;
    private static final float USUAL_SIZE = 10;
    private static final Set<String> COMMENTED = Set.of(
            "Text", "Highlight", "Underline", "StrikeOut", "Squiggly", "Caret", "Ink", "Square", "Circle", "Stamp");

    private final Map<Integer, List<TextPiece>> pieces = new HashMap<>();
    private final Map<Integer, PageFrame> frames = new TreeMap<>();
    private final Map<Integer, List<String>> comments = new HashMap<>();
    private int count;
    private int damagedPages;

    private PdfAnnotations() {}

    static PdfAnnotations of(PDDocument document) {
        PdfAnnotations annotations = new PdfAnnotations();
        int number = 0;
        for (PDPage page : document.getPages()) {
            number++;
            try {
                annotations.add(page, number);
            } catch (IOException | RuntimeException e) {
                annotations.damagedPages++;
            }
        }
        return annotations;
    }

    /** How many pages have annotations that could not be read. */
    int damagedPages() {
        return damagedPages;
    }

    /** The pages with the texts that annotations show on them. */
    List<PdfPage> addTo(List<PdfPage> pages) {
        if (pieces.isEmpty()) {
            return pages;
        }
        Map<Integer, PdfPage> last = new TreeMap<>();
        List<PdfPage> result = new ArrayList<>();
        for (PdfPage page : pages) {
            List<TextPiece> added = last.put(page.number(), page) == null ? pieces.get(page.number()) : null;
            if (added == null) {
                result.add(page);
            } else {
                List<TextPiece> all = new ArrayList<>(page.upright().pieces());
                all.addAll(added);
                result.add(page.with(all, page.slanted()));
            }
        }
        frames.forEach((number, frame) -> {
            if (!last.containsKey(number)) {
                PdfFrame only = new PdfFrame(frame, pieces.getOrDefault(number, List.of()), List.of(), List.of());
                result.add(new PdfPage(number, List.of(only), List.of(), Set.of(), 0, 0));
            }
        });
        result.sort(Comparator.comparingInt(PdfPage::number));
        return result;
    }

    /** What people have noted on a page, each with the name of who did. */
    List<String> commentsOn(int page) {
        return comments.getOrDefault(page, List.of());
    }

    boolean hasComments() {
        return !comments.isEmpty();
    }

    private void add(PDPage page, int number) throws IOException {
        for (PDAnnotation annotation : page.getAnnotations()) {
            if (count >= MAX_ANNOTATIONS) {
                return;
            }
            if (annotation.isHidden() || annotation.isNoView()) {
                continue;
            }
            String subtype = String.valueOf(annotation.getSubtype());
            String shown = shown(annotation, subtype);
            if (!shown.isBlank() && annotation.getRectangle() != null) {
                count++;
                addShown(page, number, shown, annotation.getRectangle());
            } else if (COMMENTED.contains(subtype)) {
                addComment(annotation, number);
            }
        }
    }

    private static String shown(PDAnnotation annotation, String subtype) {
        return switch (subtype) {
            case "FreeText" -> annotation.getContents() == null ? "" : annotation.getContents();
            case "Widget" -> value(annotation.getCOSObject());
            default -> "";
        };
    }

    /** The value of a text field or of a choice; a field may have it from its parent. */
    private static String value(COSDictionary widget) {
        COSDictionary field = widget;
        COSDictionary parent = widget.getCOSDictionary(COSName.PARENT);
        COSName kind = widget.getCOSName(COSName.FT);
        if (kind == null && parent != null) {
            kind = parent.getCOSName(COSName.FT);
        }
        if (!field.containsKey(COSName.V) && parent != null) {
            field = parent;
        }
        boolean isText = COSName.TX.equals(kind) || COSName.CH.equals(kind);
        COSBase value = field.getDictionaryObject(COSName.V);
        boolean isSecret = (widget.getInt(COSName.FF, field.getInt(COSName.FF, 0)) & (1 << 13)) != 0;
        return isText && !isSecret && value instanceof COSString string ? string.getString() : "";
    }

    private void addShown(PDPage page, int number, String shown, PDRectangle place) {
        PDRectangle box = page.getCropBox();
        int rotation = Math.floorMod(page.getRotation(), 360) / 90 * 90;
        PageFrame frame = new PageFrame(rotation, box.getWidth(), box.getHeight(), rotation);
        float x1 = place.getLowerLeftX() - box.getLowerLeftX();
        float y1 = place.getLowerLeftY() - box.getLowerLeftY();
        float x2 = place.getUpperRightX() - box.getLowerLeftX();
        float y2 = place.getUpperRightY() - box.getLowerLeftY();
        float left = Math.min(frame.xOf(x1, y1), frame.xOf(x2, y2));
        float right = Math.max(frame.xOf(x1, y1), frame.xOf(x2, y2));
        float top = Math.min(frame.yOf(x1, y1), frame.yOf(x2, y2));
        float bottom = Math.max(frame.yOf(x1, y1), frame.yOf(x2, y2));
        List<String> lines = TextNormalizer.normalizeLines(shown).lines().toList();
        float height = (bottom - top) / Math.max(1, lines.size());
        float size = Math.clamp(height * 0.7f, 4, USUAL_SIZE);
        frames.put(number, frame);
        List<TextPiece> added = pieces.computeIfAbsent(number, key -> new ArrayList<>());
        for (int i = 0; i < lines.size() && count < MAX_ANNOTATIONS; i++) {
            count++;
            float y = top + i * height + height / 2 + 0.35f * size;
            added.add(new TextPiece(lines.get(i), left, right, y, size, false, false, count, new float[0]));
        }
    }

    private void addComment(PDAnnotation annotation, int number) {
        String contents = annotation.getContents();
        String text = contents == null ? "" : TextNormalizer.normalizeLines(contents);
        if (text.isEmpty()) {
            return;
        }
        count++;
        String author = author(annotation);
        comments.computeIfAbsent(number, key -> new ArrayList<>()).add(author == null ? text : author + ": " + text);
    }

    private static @Nullable String author(PDAnnotation annotation) {
        String name = annotation instanceof PDAnnotationMarkup markup ? markup.getTitlePopup() : null;
        return name == null || name.isBlank() ? null : name.strip();
    }
}
