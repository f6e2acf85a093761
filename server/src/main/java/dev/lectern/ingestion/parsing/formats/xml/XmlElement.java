package dev.lectern.ingestion.parsing.formats.xml;

import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One element of a large XML file with all that is in it, such as a paragraph or a row of a table. Names are without their prefixes, but attributes that refer
 * to other parts of an Office file begin with {@code r:}.
 */
public final class XmlElement {
    /** An element with more in it is no paragraph, row or slide of a person. */
    private static final int MAX_NODES = 500_000;

    private static final String TEXT = "#text";

    private final String name;
    private final String content;
    private final Map<String, String> attributes;
    private final List<XmlElement> children = new ArrayList<>(2);

    private XmlElement(String name, String content, Map<String, String> attributes) {
        this.name = name;
        this.content = content;
        this.attributes = attributes;
    }

    /**
     * Reads the element at whose start the reader stands, to its end.
     *
     * @throws RejectionException when it is nested too deep, or holds too much
     */
    public static XmlElement read(XMLStreamReader xml, int maxDepth) throws XMLStreamException {
        int[] nodes = {0};
        return read(xml, maxDepth, nodes);
    }

    private static XmlElement read(XMLStreamReader xml, int depth, int[] nodes) throws XMLStreamException {
        if (depth <= 0) {
            throw RejectionException.tooDeep();
        }
        if (++nodes[0] > MAX_NODES) {
            throw RejectionException.tooManyElements(MAX_NODES);
        }
        XmlElement element = new XmlElement(xml.getLocalName(), "", attributes(xml));
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> element.children.add(read(xml, depth - 1, nodes));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    element.children.add(new XmlElement(TEXT, xml.getText(), Map.of()));
                case XMLStreamConstants.END_ELEMENT -> {
                    return element;
                }
                default -> {
                    // Comments and instructions say nothing to a reader.
                }
            }
        }
        return element;
    }

    private static Map<String, String> attributes(XMLStreamReader xml) {
        int count = xml.getAttributeCount();
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> attributes = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            String namespace = xml.getAttributeNamespace(i);
            boolean reference = namespace != null && namespace.endsWith("/relationships");
            attributes.put((reference ? "r:" : "") + xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        return attributes;
    }

    /** Skips the element at whose start the reader stands. */
    public static void skip(XMLStreamReader xml) throws XMLStreamException {
        for (int depth = 1; depth > 0 && xml.hasNext(); ) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {
                    // Skipped.
                }
            }
        }
    }

    public String name() {
        return name;
    }

    public boolean is(String other) {
        return name.equals(other);
    }

    public boolean isText() {
        return name.equals(TEXT);
    }

    /** What a piece of text says; empty for elements. */
    public String content() {
        return content;
    }

    /** Elements and pieces of text in their order. */
    public List<XmlElement> children() {
        return children;
    }

    /** Empty when there is no such attribute. */
    public String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    public boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    public int number(String attribute, int otherwise) {
        try {
            return Integer.parseInt(attribute(attribute));
        } catch (NumberFormatException none) {
            return otherwise;
        }
    }

    /** The first child, of its first child, and so on. */
    public @Nullable XmlElement find(String... path) {
        XmlElement at = this;
        for (String step : path) {
            XmlElement found = null;
            for (XmlElement child : at.children) {
                if (child.is(step)) {
                    found = child;
                    break;
                }
            }
            if (found == null) {
                return null;
            }
            at = found;
        }
        return at;
    }

    /** An attribute of what {@link #find} finds; empty when there is none. */
    public String attributeOf(String attribute, String... path) {
        XmlElement found = find(path);
        return found == null ? "" : found.attribute(attribute);
    }

    public List<XmlElement> childrenNamed(String wanted) {
        return children.stream().filter(child -> child.is(wanted)).toList();
    }

    /** Calls back with each element of the name that is in this one, however deep, but not with those within another such element. */
    public void forEach(String wanted, Consumer<XmlElement> consumer) {
        for (XmlElement child : children) {
            if (child.is(wanted)) {
                consumer.accept(child);
            } else {
                child.forEach(wanted, consumer);
            }
        }
    }

    public boolean contains(String wanted) {
        return children.stream().anyMatch(child -> child.is(wanted) || child.contains(wanted));
    }

    /** All text in it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        appendTo(text);
        return text.toString();
    }

    private void appendTo(StringBuilder text) {
        text.append(content);
        for (XmlElement child : children) {
            child.appendTo(text);
        }
    }
}
