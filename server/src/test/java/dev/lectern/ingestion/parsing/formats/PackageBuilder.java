package dev.lectern.ingestion.parsing.formats;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes Office and OpenDocument files and e-books of a short description: the XML of the main part without its root, then other parts, each after a line
 * {@code @ word/footnotes.xml}, or {@code @ ppt/notesSlides/notesSlide1.xml of ppt/slides/slide1.xml} for one that another part refers to; attributes of the root
 * may follow {@code with}. Parts of XHTML have their own root. A part is referred to by its name without extension, such as {@code r:id="slide1"}.
 */
final class PackageBuilder {
    private static final String OPC = "http://schemas.openxmlformats.org/package/2006/";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final Map<String, String> NAMESPACES = Map.ofEntries(
            Map.entry("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
            Map.entry("r", OFFICE),
            Map.entry("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
            Map.entry("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
            Map.entry("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
            Map.entry("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
            Map.entry("p", "http://schemas.openxmlformats.org/presentationml/2006/main"),
            Map.entry("c", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
            Map.entry("dgm", "http://schemas.openxmlformats.org/drawingml/2006/diagram"),
            Map.entry("cp", OPC + "metadata/core-properties"),
            Map.entry("dc", "http://purl.org/dc/elements/1.1/"),
            Map.entry("dcterms", "http://purl.org/dc/terms/"),
            Map.entry("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
            Map.entry("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
            Map.entry("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
            Map.entry("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
            Map.entry("draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
            Map.entry("presentation", "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"),
            Map.entry("opf", "http://www.idpf.org/2007/opf"),
            Map.entry("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
            Map.entry("svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
            Map.entry("xlink", "http://www.w3.org/1999/xlink"),
            Map.entry("math", "http://www.w3.org/1998/Math/MathML"));

    private static final String MAIN = "main";
    private static final Map<String, String> MAIN_PARTS = Map.of(
            "docx", "word/document.xml",
            "pptx", "ppt/presentation.xml",
            "epub", "OEBPS/book.opf",
            "odt", "content.xml",
            "odp", "content.xml",
            "ods", "content.xml");
    private static final Map<String, String> TYPES = Map.of(
            "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "epub", "application/epub+zip",
            "odt", "application/vnd.oasis.opendocument.text",
            "odp", "application/vnd.oasis.opendocument.presentation",
            "ods", "application/vnd.oasis.opendocument.spreadsheet");

    private PackageBuilder() {}

    /** @param extension of one of the formats, such as {@code docx} */
    static byte[] build(String extension, String description) throws IOException {
        String main = MAIN_PARTS.getOrDefault(extension, MAIN);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        Map<String, StringBuilder> relationships = new LinkedHashMap<>();
        boolean openDocument = extension.startsWith("od");
        boolean book = extension.equals("epub");
        if (openDocument || book) {
            entries.put("mimetype", TestFiles.utf8(TYPES.getOrDefault(extension, "")));
        }
        if (book) {
            entries.put(
                    "META-INF/container.xml",
                    TestFiles.utf8(xml("", "<rootfiles><rootfile full-path=\"%s\"/></rootfiles>".formatted(main))));
        }
        relate(relationships, "", main, "officeDocument");
        for (String part : ("@ " + main + "\n" + description).split("(?m)^@ ", -1)) {
            if (!part.isEmpty()) {
                String[] line = part.lines().findFirst().orElseThrow().strip().split(" with ", -1);
                String[] names = line[0].split(" of ", -1);
                String attributes = line.length > 1 ? line[1] : "";
                String content = part.substring(part.indexOf('\n') + 1);
                entries.put(
                        names[0],
                        TestFiles.utf8(names[0].endsWith(".xhtml") ? content.strip() : xml(attributes, content)));
                if (names[0].equals("docProps/core.xml")) {
                    relate(relationships, "", names[0], "core-properties");
                } else if (!names[0].equals(main)) {
                    relate(relationships, names.length > 1 ? names[1] : main, names[0], type(names[0]));
                }
            }
        }
        if (!openDocument && !book) {
            entries.put(
                    "[Content_Types].xml",
                    TestFiles.utf8("<Types xmlns=\"" + OPC
                            + "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/"
                            + main
                            + "\" ContentType=\"" + TYPES.get(extension) + ".main+xml\"/></Types>"));
            relationships.forEach((owner, list) -> entries.put(
                    owner.substring(0, owner.lastIndexOf('/') + 1) + "_rels/"
                            + owner.substring(owner.lastIndexOf('/') + 1) + ".rels",
                    TestFiles.utf8("<Relationships xmlns=\"" + OPC + "relationships\">" + list + "</Relationships>")));
        }
        return TestFiles.zip(entries);
    }

    private static void relate(Map<String, StringBuilder> relationships, String from, String to, String type) {
        relationships
                .computeIfAbsent(from, owner -> new StringBuilder())
                .append("<Relationship Id=\"%s\" Type=\"%s/%s\" Target=\"/%s\"/>"
                        .formatted(name(to), OFFICE, type, to));
    }

    /** The name of a part without its folder and extension. */
    private static String name(String part) {
        String file = part.substring(part.lastIndexOf('/') + 1);
        return file.substring(0, file.lastIndexOf('.'));
    }

    private static String type(String part) {
        String type = name(part).replaceAll("\\d+$", "");
        return switch (type) {
            case "comment" -> "comments";
            case "data" -> "diagramData";
            default -> type;
        };
    }

    private static String xml(String attributes, String content) {
        StringBuilder root = new StringBuilder("<root ").append(attributes);
        for (Map.Entry<String, String> namespace : List.copyOf(NAMESPACES.entrySet())) {
            root.append(" xmlns:%s=\"%s\"".formatted(namespace.getKey(), namespace.getValue()));
        }
        return root.append('>').append(content.strip()).append("</root>").toString();
    }
}
