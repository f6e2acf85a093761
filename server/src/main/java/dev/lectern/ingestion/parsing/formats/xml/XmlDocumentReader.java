package dev.lectern.ingestion.parsing.formats.xml;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.document.TextDecoder;
import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XML of any vocabulary: the text of its elements, short values with the names of their elements, values of one parent together.
 * Nothing that a document type declares is read or replaced, so no other file and no bomb.
 */
public final class XmlDocumentReader implements FormatReader {
    private static final Set<String> TITLES = Set.of("title", "head", "heading");
    private static final Set<String> PARAGRAPHS = Set.of("para", "simpara", "formalpara", "p");
    private static final Set<String> CODE = Set.of("programlisting", "screen", "literallayout", "codeblock", "pre");
    private static final Set<String> ROWS = Set.of("row", "tr", "strow");
    private static final Set<String> CELLS = Set.of("entry", "td", "th", "stentry");
    private static final Set<String> HEADS = Set.of("thead", "sthead");
    private static final int SHORT = 200;

    /** The Java reader's own limit of nesting. */
    private static final String TOO_DEEP = "JAXP00010006";

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        try (InputStream in = Files.newInputStream(inputFile.file())) {
            XMLStreamReader reader = factory().createXMLStreamReader(in);
            new Parser(out, inputFile.limits().depth()).read(reader);
            reader.close();
        } catch (XMLStreamException e) {
            if (String.valueOf(e.getMessage()).contains(TOO_DEEP)) {
                throw RejectionException.tooDeep();
            }
            if (out.isEmpty()) {
                out.code(TextDecoder.read(inputFile.file(), inputFile.limits(), null));
            }
        }
        return null;
    }

    /** Reads no document type and no other file. */
    public static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
        return factory;
    }

    /** An open element. */
    private static final class Element {
        private final String name;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder values = new StringBuilder();
        private final List<String> cells = new ArrayList<>();
        private boolean mixed;

        Element(String name) {
            this.name = name;
        }
    }

    private static final class Parser {
        private final ParsedDocumentBuilder out;
        private final int maxDepth;
        private final Deque<Element> open = new ArrayDeque<>();

        Parser(ParsedDocumentBuilder out, int maxDepth) {
            this.out = out;
            this.maxDepth = maxDepth;
        }

        void read(XMLStreamReader reader) throws XMLStreamException {
            open.push(new Element(""));
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> start(reader.getLocalName());
                    case XMLStreamConstants.END_ELEMENT -> end();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        open.element().text.append(reader.getText());
                    default -> {
                        // Comments, instructions and entities say nothing to a reader.
                    }
                }
            }
        }

        private void start(String name) {
            if (open.size() > maxDepth) {
                throw RejectionException.tooDeep();
            }
            Element parent = open.element();
            parent.mixed |= !parent.text.toString().isBlank();
            if (!parent.mixed && enclosing(CELLS) == null) {
                parent.text.setLength(0);
            }
            open.push(new Element(name));
        }

        private void end() {
            Element element = open.pop();
            Element parent = open.element();
            Element cell = CELLS.contains(element.name) ? null : enclosing(CELLS);
            if (ROWS.contains(element.name) && !element.cells.isEmpty()) {
                out.row(enclosing(HEADS) != null, element.cells);
                return;
            }
            if (cell != null || CELLS.contains(element.name)) {
                endInCell(element, cell);
                return;
            }
            String text = TextNormalizer.normalizeLine(element.text.toString());
            if (parent.mixed) {
                parent.text.append(element.text);
            } else if (CODE.contains(element.name)) {
                flush(parent);
                out.code(element.text.toString());
            } else if (PARAGRAPHS.contains(element.name) && element.values.isEmpty()) {
                flush(parent);
                out.paragraph(text);
            } else if (TITLES.contains(element.name) && !text.isEmpty()) {
                flush(parent);
                out.heading(Math.max(1, open.size() - 1), text);
            } else if (!text.isEmpty() && !element.mixed && text.length() <= SHORT && element.values.isEmpty()) {
                parent.values.append(element.name).append(": ").append(text).append('\n');
            } else {
                flush(parent);
                flush(element);
                out.paragraph(text);
            }
            flush(element);
        }

        /** What is within a cell is its text; a cell outside of a row is a paragraph. */
        private void endInCell(Element element, @Nullable Element cell) {
            Element row = enclosing(ROWS);
            if (cell != null) {
                Element parent = open.element();
                String gap = parent.mixed ? "" : " ";
                parent.text.append(gap).append(element.text).append(gap);
            } else if (row != null) {
                row.cells.add(element.text.toString());
            } else {
                out.paragraph(element.text.toString());
            }
        }

        private @Nullable Element enclosing(Set<String> names) {
            return open.stream()
                    .filter(one -> names.contains(one.name))
                    .findFirst()
                    .orElse(null);
        }

        private void flush(Element element) {
            out.paragraph(element.values.toString());
            element.values.setLength(0);
        }
    }
}
