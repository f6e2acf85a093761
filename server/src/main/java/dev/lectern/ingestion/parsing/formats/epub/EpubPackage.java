package dev.lectern.ingestion.parsing.formats.epub;

import dev.lectern.ingestion.parsing.RejectionCode;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * What the package document of an e-book says: where the chapters are, in the order in which they are read.
 *
 * @param metadata the element with what the book says of itself; null when there is none
 * @param chapters names of the parts with text
 * @param navigation part with the table of contents: of version 3 as XHTML, or else of version 2 ({@code .ncx}); null when there is none
 */
record EpubPackage(
        @Nullable XmlElement metadata,
        List<String> chapters,
        @Nullable String navigation) {
    private static final int MAX_CHAPTERS = 10_000;
    private static final String NCX = "application/x-dtbncx+xml";
    private static final Set<String> TEXTS =
            Set.of("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document");

    /** Files that only make fonts unreadable outside of the book. */
    private static final Set<String> FONT_ENCRYPTION =
            Set.of("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC");

    private record Item(String part, String mediaType, String properties) {}

    /** @throws RejectionException when the book is damaged, or protected against copying */
    static EpubPackage read(ZipPackage parts) throws IOException, XMLStreamException {
        String location = location(parts);
        XmlElement root = location == null ? null : parts.readWhole(location);
        XmlElement manifest = root == null ? null : root.find("manifest");
        XmlElement spine = root == null ? null : root.find("spine");
        if (location == null || root == null || manifest == null || spine == null) {
            throw RejectionException.broken();
        }
        Map<String, Item> items = new HashMap<>();
        for (XmlElement item : manifest.childrenNamed("item")) {
            String part = ZipPackage.resolve(location, item.attribute("href"));
            items.putIfAbsent(
                    item.attribute("id"), new Item(part, item.attribute("media-type"), item.attribute("properties")));
        }
        List<String> chapters = new ArrayList<>();
        for (XmlElement reference : spine.childrenNamed("itemref")) {
            Item item = items.get(reference.attribute("idref"));
            boolean text = item != null && TEXTS.contains(item.mediaType());
            if (item != null && text && chapters.size() < MAX_CHAPTERS && !chapters.contains(item.part())) {
                chapters.add(item.part());
            }
        }
        requireReadable(parts, chapters);
        return new EpubPackage(root.find("metadata"), chapters, navigation(items, spine));
    }

    private static @Nullable String location(ZipPackage parts) throws IOException, XMLStreamException {
        XmlElement container = parts.readWhole("META-INF/container.xml");
        XmlElement file = container == null ? null : container.find("rootfiles", "rootfile");
        if (file != null && parts.has(file.attribute("full-path"))) {
            return file.attribute("full-path");
        }
        return parts.findByExtension(".opf");
    }

    private static @Nullable String navigation(Map<String, Item> items, XmlElement spine) {
        for (Item item : items.values()) {
            if (Set.of(item.properties().split("\\s+", -1)).contains("nav")) {
                return item.part();
            }
        }
        Item named = items.get(spine.attribute("toc"));
        return named != null && named.mediaType().equals(NCX)
                ? named.part()
                : items.values().stream()
                        .filter(item -> item.mediaType().equals(NCX))
                        .map(Item::part)
                        .findFirst()
                        .orElse(null);
    }

    private static void requireReadable(ZipPackage parts, List<String> chapters)
            throws IOException, XMLStreamException {
        XmlElement encryption = parts.readWhole("META-INF/encryption.xml");
        if (encryption == null) {
            return;
        }
        Set<String> encrypted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        encryption.forEach("EncryptedData", data -> {
            if (!FONT_ENCRYPTION.contains(data.attributeOf("Algorithm", "EncryptionMethod"))) {
                encrypted.add(ZipPackage.resolve("", data.attributeOf("URI", "CipherData", "CipherReference")));
            }
        });
        if (chapters.stream().anyMatch(encrypted::contains)) {
            throw new RejectionException(
                    RejectionCode.ENCRYPTED,
                    "The e-book is protected against copying (DRM). Add a copy without this protection.");
        }
    }
}
