package dev.lectern.ingestion.parsing.formats.xml;

import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.jspecify.annotations.Nullable;

/** The parts of a document that is a ZIP file: Office Open XML, OpenDocument, EPUB. Names have no leading slash. Bombs are noticed while a part is read. */
public final class ZipPackage implements Closeable {
    private static final int MAX_PARTS = 100_000;

    private final XMLInputFactory factory = XmlDocumentReader.factory();
    private final ZipSecureFile zip;
    private final Map<String, ZipArchiveEntry> parts = new HashMap<>();
    private final int maxDepth;
    private final boolean doctypes;

    /** A file of Office Open XML, in which a document type is refused. */
    public ZipPackage(InputFile inputFile) throws IOException {
        this(inputFile, false);
    }

    /** @param doctypes whether the parts may declare a document type, of which nothing is read */
    public ZipPackage(InputFile inputFile, boolean doctypes) throws IOException {
        this.doctypes = doctypes;
        zip = new ZipSecureFile(inputFile.file().toFile());
        maxDepth = inputFile.limits().depth();
        for (var entries = zip.getEntries(); entries.hasMoreElements() && parts.size() < MAX_PARTS; ) {
            ZipArchiveEntry entry = entries.nextElement();
            parts.putIfAbsent(key(entry.getName()), entry);
        }
    }

    /**
     * What a part says of another one.
     *
     * @param type the last word of its address, such as {@code slide}
     * @param target name of the other part, or an address when it is outside
     */
    public record Relationship(String type, String target, boolean external) {}

    /** Reads one kind of part; to be called once. */
    public interface PartHandler {
        void read(XMLStreamReader xml) throws XMLStreamException, IOException;
    }

    public boolean has(String part) {
        return parts.containsKey(key(part));
    }

    /** The name of a part with this extension, in lower case with its dot; null when there is none. */
    public @Nullable String findByExtension(String extension) {
        return parts.keySet().stream()
                .filter(part -> part.endsWith(extension))
                .sorted()
                .findFirst()
                .orElse(null);
    }

    public @Nullable InputStream open(String part) throws IOException {
        ZipArchiveEntry entry = parts.get(key(part));
        return entry == null ? null : new FilterInputStream(zip.getInputStream(entry)) {};
    }

    /** Reads a part as XML; does nothing when there is no such part. */
    public void read(String part, PartHandler handler) throws IOException, XMLStreamException {
        try (InputStream in = open(part)) {
            if (in != null) {
                XMLStreamReader xml = factory.createXMLStreamReader(in);
                handler.read(xml);
                xml.close();
            }
        }
    }

    /** Reads a part that is not large; null when there is none. */
    public @Nullable XmlElement readWhole(String part) throws IOException, XMLStreamException {
        XmlElement[] root = new XmlElement[1];
        read(part, xml -> {
            if (nextElement(xml, doctypes)) {
                root[0] = XmlElement.read(xml, maxDepth);
            }
        });
        return root[0];
    }

    /** Moves to the start of the next element. Office programs never declare a document type, and attacks do. */
    public static boolean nextElement(XMLStreamReader xml) throws XMLStreamException {
        return nextElement(xml, false);
    }

    private static boolean nextElement(XMLStreamReader xml, boolean doctypes) throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.DTD && !doctypes) {
                throw RejectionException.dangerous();
            }
        }
        return false;
    }

    /** The relationships of a part by their ids; of the whole package for an empty name. */
    public Map<String, Relationship> relationships(String part) throws IOException, XMLStreamException {
        int slash = part.lastIndexOf('/') + 1;
        Map<String, Relationship> found = new LinkedHashMap<>();
        XmlElement root = readWhole(part.substring(0, slash) + "_rels/" + part.substring(slash) + ".rels");
        for (XmlElement one : root == null ? List.<XmlElement>of() : root.childrenNamed("Relationship")) {
            String type = one.attribute("Type");
            boolean external = one.attribute("TargetMode").equals("External");
            String target = one.attribute("Target");
            found.put(
                    one.attribute("Id"),
                    new Relationship(
                            type.substring(type.lastIndexOf('/') + 1),
                            external ? target : resolve(part, target),
                            external));
        }
        return found;
    }

    /** The part that a relationship of this type refers to; null when there is none. */
    public @Nullable String related(String part, String type) throws IOException, XMLStreamException {
        for (Entry<String, Relationship> one : relationships(part).entrySet()) {
            if (one.getValue().type().equals(type) && !one.getValue().external()) {
                return one.getValue().target();
            }
        }
        return null;
    }

    /** The name of a part that another one refers to. */
    public static String resolve(String from, String target) {
        String path = target.startsWith("/") ? target : "/" + from.substring(0, from.lastIndexOf('/') + 1) + target;
        String clean = path.replace('\\', '/');
        try {
            String resolved = URI.create(clean.replace(" ", "%20")).normalize().getPath();
            return resolved == null ? clean.substring(1) : withoutSlash(resolved);
        } catch (IllegalArgumentException unusual) {
            return withoutSlash(clean);
        }
    }

    private static String withoutSlash(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static String key(String name) {
        return withoutSlash(name.replace('\\', '/')).toLowerCase(Locale.ROOT);
    }

    /** A small text part, such as {@code mimetype}; empty when there is none. */
    public String readText(String part) throws IOException {
        try (InputStream in = open(part)) {
            return in == null ? "" : new String(in.readNBytes(1 << 10), StandardCharsets.UTF_8).strip();
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
