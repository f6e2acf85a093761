package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import dev.lectern.library.ReadingNotice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Charts, diagrams (SmartArt) and alternative texts of the drawings in Office Open XML. */
final class DrawingTexts {
    /** Points of a chart with more than these are a curve. */
    private static final int MAX_POINTS = 200;

    private static final int MAX_SERIES = 50;
    private static final int MAX_ALTERNATIVE = 2_000;

    private final ZipPackage parts;
    private final ParsedDocumentBuilder out;

    DrawingTexts(ZipPackage parts, ParsedDocumentBuilder out) {
        this.parts = parts;
        this.out = out;
    }

    /** Adds the charts and diagrams that the drawing refers to. */
    void add(XmlElement drawing, Map<String, ZipPackage.Relationship> relationships)
            throws IOException, XMLStreamException {
        List<String> charts = new ArrayList<>();
        drawing.forEach("chart", chart -> charts.add(chart.attribute("r:id")));
        for (String id : charts) {
            addChart(whole(relationships.get(id)));
        }
        List<String> diagrams = new ArrayList<>();
        drawing.forEach("relIds", diagram -> diagrams.add(diagram.attribute("r:dm")));
        for (String id : diagrams) {
            addDiagram(whole(relationships.get(id)));
        }
    }

    private @Nullable XmlElement whole(ZipPackage.@Nullable Relationship relationship)
            throws IOException, XMLStreamException {
        return relationship == null || relationship.external() ? null : parts.readWhole(relationship.target());
    }

    /** The alternative text of a picture; empty when it has none, or the name of a file instead. */
    static String alternative(@Nullable XmlElement properties) {
        if (properties == null) {
            return "";
        }
        String described = properties.attribute("descr");
        String text = TextNormalizer.normalizeLine(described.isBlank() ? properties.attribute("title") : described);
        boolean file = text.matches("\\S{1,200}\\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|PNG|JPE?G)");
        return text.isEmpty() || file || text.length() > MAX_ALTERNATIVE ? "" : text;
    }

    private void addDiagram(@Nullable XmlElement data) {
        if (data != null) {
            data.forEach("pt", point -> {
                StringBuilder text = new StringBuilder();
                point.forEach("t", run -> text.append(text.isEmpty() ? "" : " ").append(paragraphText(run)));
                out.listItem(1, text.toString());
            });
        }
    }

    /** A point holds its text as {@code t} with paragraphs within. */
    private static String paragraphText(XmlElement text) {
        if (!text.contains("p")) {
            return text.text();
        }
        List<String> paragraphs = new ArrayList<>();
        text.forEach("p", paragraph -> {
            StringBuilder runs = new StringBuilder();
            paragraph.forEach("t", run -> runs.append(run.text()));
            paragraphs.add(runs.toString());
        });
        return String.join(" ", paragraphs);
    }

    /** Title, names of the axes, and the values by category, as the chart keeps them. */
    void addChart(@Nullable XmlElement chart) {
        if (chart == null) {
            return;
        }
        List<String> titles = new ArrayList<>();
        chart.forEach("title", title -> titles.add(richText(title)));
        titles.forEach(out::caption);
        Map<String, List<String>> rows = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(List.of(""));
        List<XmlElement> series = new ArrayList<>();
        chart.forEach("ser", series::add);
        int points = 0;
        for (XmlElement one : series.subList(0, Math.min(series.size(), MAX_SERIES))) {
            List<String> name = new ArrayList<>();
            one.childrenNamed("tx").forEach(tx -> tx.forEach("v", value -> name.add(value.text())));
            names.add(String.join(" ", name));
            points = Math.max(points, addSeries(one, names.size() - 1, rows));
        }
        out.notice(ReadingNotice.Kind.PAST_LIMIT, Math.max(0, series.size() - MAX_SERIES));
        if (points > MAX_POINTS) {
            rows.clear();
            out.notice(ReadingNotice.Kind.EMBEDDED_OBJECTS, 1);
        }
        if (names.stream().anyMatch(name -> !name.isBlank()) && !rows.isEmpty()) {
            out.row(true, names);
        }
        rows.values().forEach(row -> out.row(false, row));
    }

    private static int addSeries(XmlElement series, int column, Map<String, List<String>> rows) {
        Map<String, String> categories = points(series, "cat", "xVal");
        Map<String, String> values = points(series, "val", "yVal");
        if (values.size() > MAX_POINTS) {
            return values.size();
        }
        values.forEach((index, value) -> {
            List<String> row = rows.computeIfAbsent(index, id -> new ArrayList<>());
            while (row.size() <= column) {
                row.add("");
            }
            row.set(0, row.getFirst().isEmpty() ? categories.getOrDefault(index, "") : row.getFirst());
            row.set(column, value);
        });
        return values.size();
    }

    private static Map<String, String> points(XmlElement series, String... names) {
        Map<String, String> points = new LinkedHashMap<>();
        for (String name : names) {
            XmlElement data = series.find(name);
            if (data != null) {
                data.forEach(
                        "pt",
                        point -> points.merge(
                                point.attribute("idx"), point.text().strip(), (one, upper) -> upper + " " + one));
            }
        }
        return points;
    }

    private static String richText(XmlElement title) {
        StringBuilder text = new StringBuilder();
        title.forEach("p", paragraph -> {
            paragraph.forEach("t", run -> text.append(run.text()));
            text.append(' ');
        });
        if (text.toString().isBlank()) {
            title.forEach("v", value -> text.append(value.text()));
        }
        return text.toString();
    }
}
