package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.awt.geom.Point2D;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorProcessor;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSNumber;

/** An operator that draws lines. */
final class PathOperator extends OperatorProcessor {
    static final List<String> NAMES =
            List.of("m", "l", "c", "v", "y", "h", "re", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n");

    private final String name;
    private final Supplier<RulingCollector> collector;

    PathOperator(PDFStreamEngine engine, String name, Supplier<RulingCollector> collector) {
        super(engine);
        this.name = name;
        this.collector = collector;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void process(Operator operator, List<COSBase> operands) {
        RulingCollector lines = collector.get();
        switch (name) {
            case "m" -> {
                if (operands.size() >= 2) {
                    lines.moveTo(point(operands, 0));
                }
            }
            case "l" -> {
                if (operands.size() >= 2) {
                    lines.lineTo(point(operands, 0));
                }
            }
            case "c", "v", "y" -> {
                if (operands.size() >= 4) {
                    lines.curveTo(point(operands, operands.size() - 2));
                }
            }
            case "re" -> {
                if (operands.size() >= 4) {
                    float x = number(operands, 0);
                    float y = number(operands, 1);
                    lines.rectangle(
                            getContext().transformedPoint(x, y),
                            getContext().transformedPoint(x + number(operands, 2), y + number(operands, 3)));
                }
            }
            case "h" -> lines.close();
            case "S" -> lines.stroke(false);
            case "s" -> {
                lines.close();
                lines.stroke(false);
            }
            case "f", "F", "f*" -> lines.fill();
            case "B", "B*", "b", "b*" -> {
                lines.close();
                lines.stroke(true);
            }
            default -> lines.clear();
        }
    }

    private Point2D.Float point(List<COSBase> operands, int at) {
        return getContext().transformedPoint(number(operands, at), number(operands, at + 1));
    }

    private static float number(List<COSBase> operands, int at) {
        return operands.get(at) instanceof COSNumber number ? number.floatValue() : 0;
    }
}
