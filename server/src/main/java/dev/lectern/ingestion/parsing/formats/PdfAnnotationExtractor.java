package dev.lectern.ingestion.parsing.formats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;

/** Extracts the annotations of a PDF: filled-in form fields and visible text notes. */
final class PdfAnnotationExtractor {
    private static final int MAX_FIELDS = 10_000;

    private PdfAnnotationExtractor() {}

    /** The lines of each page, followed by its annotations. */
    static List<PdfLine> addAnnotations(PDDocument document, List<PdfLine> lines) {
        List<PdfLine> fields = new ArrayList<>();
        int number = 0;
        for (PDPage page : document.getPages()) {
            number++;
            try {
                addFields(page, number, fields);
            } catch (IOException | RuntimeException e) {
                // Broken notes are left out; the pages are what matters.
            }
        }
        if (fields.isEmpty()) {
            return lines;
        }
        List<PdfLine> all = new ArrayList<>(lines);
        all.addAll(fields);
        all.sort(Comparator.comparingInt(PdfLine::page));
        return all;
    }

    private static void addFields(PDPage page, int number, List<PdfLine> fields) throws IOException {
        float y = 100_000;
        for (PDAnnotation annotation : page.getAnnotations()) {
            String text = text(annotation);
            if (!text.isEmpty() && fields.size() < MAX_FIELDS) {
                y += 100;
                fields.add(new PdfLine(text, number, 0, 1, y, 10, false, false));
            }
        }
    }

    private static String text(PDAnnotation annotation) {
        if (annotation.isHidden() || annotation.isNoView()) {
            return "";
        }
        return switch (String.valueOf(annotation.getSubtype())) {
            case "FreeText" ->
                TextNormalizer.normalizeLine(annotation.getContents() == null ? "" : annotation.getContents());
            case "Widget" -> {
                COSBase kind = annotation.getCOSObject().getDictionaryObject(COSName.FT);
                COSBase value = annotation.getCOSObject().getDictionaryObject(COSName.V);
                yield COSName.TX.equals(kind) && value instanceof COSString string
                        ? TextNormalizer.normalizeLine(string.getString())
                        : "";
            }
            default -> "";
        };
    }
}
