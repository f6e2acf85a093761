package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Formulas and charts, which are documents of their own within an OpenDocument file. */
final class OpenDocumentObjects {
    private final @Nullable ZipPackage parts;
    private final ParsedDocumentBuilder out;
    private final Map<String, String> formulas = new HashMap<>();

    /** @param parts null for a file that is not a ZIP file and has no objects */
    OpenDocumentObjects(@Nullable ZipPackage parts, ParsedDocumentBuilder out) {
        this.parts = parts;
        this.out = out;
    }

    /** The formula in an object; empty when it is something else, or not there. */
    String formula(String address) {
        return address.isEmpty() ? "" : formulas.computeIfAbsent(address, this::readFormula);
    }

    private String readFormula(String address) {
        XmlElement object = read(address);
        XmlElement math = object == null || object.is("math") ? object : object.find("math");
        return math == null ? "" : MathText.of(math);
    }

    /** Adds title and values of a chart, or the tables of a spreadsheet; anything else is counted only. */
    void add(String address, OpenDocumentBlocks blocks) {
        XmlElement object = read(address);
        XmlElement chart = object == null ? null : object.find("body", "chart", "chart");
        XmlElement sheets = object == null ? null : object.find("body", "spreadsheet");
        if (sheets != null) {
            sheets.childrenNamed("table").forEach(table -> blocks.add(table, 0));
            return;
        }
        if (chart == null) {
            out.notice(Kind.EMBEDDED_OBJECTS, 1);
            return;
        }
        for (XmlElement title : chart.childrenNamed("title")) {
            out.caption(title.text());
        }
        chart.childrenNamed("table").forEach(table -> blocks.add(table, 0));
    }

    private @Nullable XmlElement read(String address) {
        String path = address.startsWith("./") ? address.substring(2) : address;
        String folder = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        try {
            return parts == null || folder.isEmpty() ? null : parts.readWhole(folder + "/content.xml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The object " + folder + " cannot be read", e);
        }
    }
}
