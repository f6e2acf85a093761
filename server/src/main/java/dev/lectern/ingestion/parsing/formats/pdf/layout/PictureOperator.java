package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.DrawObject;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorProcessor;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDResources;

/** Notices the pictures that a page draws, and reads the drawings within it that may hold text. */
final class PictureOperator extends DrawObject {
    private final Consumer<Object> pictures;

    /** @param pictures is told what identifies each picture, while the place of it is that of the unit square */
    PictureOperator(PDFStreamEngine engine, Consumer<Object> pictures) {
        super(engine);
        this.pictures = pictures;
    }

    @Override
    public void process(Operator operator, List<COSBase> operands) throws IOException {
        PDResources resources = getContext().getResources();
        if (!operands.isEmpty()
                && operands.getFirst() instanceof COSName name
                && resources != null
                && resources.isImageXObject(name)) {
            COSBase item = resources.getCOSObject().getCOSDictionary(COSName.XOBJECT) == null
                    ? name
                    : resources.getCOSObject().getCOSDictionary(COSName.XOBJECT).getItem(name);
            pictures.accept(item == null ? name : item);
            return;
        }
        super.process(operator, operands);
    }

    /** The same for pictures that are written into the page itself. */
    static final class Inline extends OperatorProcessor {
        private final Consumer<Object> pictures;

        Inline(PDFStreamEngine engine, Consumer<Object> pictures) {
            super(engine);
            this.pictures = pictures;
        }

        @Override
        public void process(Operator operator, List<COSBase> operands) {
            byte[] data = operator.getImageData();
            pictures.accept(data == null ? "" : data.length + ":" + Arrays.hashCode(data));
        }

        @Override
        public String getName() {
            return "BI";
        }
    }
}
