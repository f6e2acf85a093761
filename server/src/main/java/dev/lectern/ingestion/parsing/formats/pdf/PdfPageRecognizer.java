package dev.lectern.ingestion.parsing.formats.pdf;

import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.ocr.OcrCommand;
import dev.lectern.ingestion.parsing.ocr.RecognisedPage;
import dev.lectern.ingestion.parsing.ocr.TextRecognizer;
import dev.lectern.shared.DiskFull;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.jspecify.annotations.Nullable;

/** Recognises the text of scanned pages of a PDF: each is drawn as a picture that the command reads. */
final class PdfPageRecognizer {
    private static final float DOTS_PER_INCH = 300;
    private static final float POINTS_PER_INCH = 72;
    /** A page of A3 has 17 million; larger ones are drawn smaller. One byte each. */
    private static final float MAX_PIXELS = 20_000_000;

    private final PDFRenderer renderer;
    private final PDDocument document;
    private final TextRecognizer recognizer;

    PdfPageRecognizer(PDDocument document, OcrCommand command) {
        this.document = document;
        renderer = new PDFRenderer(document);
        renderer.setSubsamplingAllowed(true);
        recognizer = new TextRecognizer(command);
    }

    /**
     * Recognises a page.
     *
     * @param page from 1
     * @return null when it could not be recognised
     */
    @Nullable RecognisedPage recognise(int page) throws IOException {
        if (!recognizer.isWithinLimits()) {
            return null;
        }
        Path picture = Files.createTempFile("page", ".png");
        try {
            ImageIO.write(draw(page - 1), "png", picture.toFile());
            List<RecognisedPage> pages = recognizer.recognise(picture);
            return pages.isEmpty() ? null : pages.getFirst();
        } catch (IOException | RuntimeException e) {
            if (DiskFull.isCauseOf(e)) {
                throw RejectionException.diskFull();
            }
            recognizer.fail("a page could not be drawn");
            return null;
        } finally {
            Files.deleteIfExists(picture);
        }
    }

    private BufferedImage draw(int index) throws IOException {
        PDPage page = document.getPage(index);
        PDRectangle box = page.getCropBox();
        float points = Math.max(1, box.getWidth() * box.getHeight());
        float scale = (float) Math.min(DOTS_PER_INCH / POINTS_PER_INCH, Math.sqrt(MAX_PIXELS / points));
        return renderer.renderImage(index, scale, ImageType.GRAY);
    }

    /** Why a page was not recognised; null when all were. */
    @Nullable String failure() {
        return recognizer.failure();
    }
}
