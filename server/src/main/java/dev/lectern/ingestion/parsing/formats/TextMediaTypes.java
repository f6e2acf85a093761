package dev.lectern.ingestion.parsing.formats;

import dev.lectern.text.FileTitle;
import java.util.Map;
import java.util.Set;

/** Media types of plain text by the extension of the file. */
final class TextMediaTypes {
    static final String PLAIN = "text/plain";
    static final String MARKDOWN = "text/markdown";
    static final String ASCIIDOC = "text/asciidoc";
    static final String RESTRUCTURED = "text/x-rst";
    static final String CSV = "text/csv";
    static final String JSON = "application/json";
    static final String CODE = "text/x-source";
    static final String CALENDAR = "text/calendar";
    static final String CONTACT = "text/vcard";
    static final String MAILBOX = "application/mbox";

    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("md", MARKDOWN),
            Map.entry("markdown", MARKDOWN),
            Map.entry("mkd", MARKDOWN),
            Map.entry("mdx", MARKDOWN),
            Map.entry("rmd", MARKDOWN),
            Map.entry("qmd", MARKDOWN),
            Map.entry("adoc", ASCIIDOC),
            Map.entry("asciidoc", ASCIIDOC),
            Map.entry("asc", ASCIIDOC),
            Map.entry("rst", RESTRUCTURED),
            Map.entry("rest", RESTRUCTURED),
            Map.entry("csv", CSV),
            Map.entry("tsv", CSV),
            Map.entry("json", JSON),
            Map.entry("jsonl", JSON),
            Map.entry("ndjson", JSON),
            Map.entry("geojson", JSON),
            Map.entry("html", "text/html"),
            Map.entry("htm", "text/html"),
            Map.entry("xhtml", "text/html"),
            Map.entry("xml", "application/xml"),
            Map.entry("ics", CALENDAR),
            Map.entry("ical", CALENDAR),
            Map.entry("vcf", CONTACT),
            Map.entry("vcard", CONTACT),
            Map.entry("mbox", MAILBOX),
            Map.entry("eml", "message/rfc822"));

    private static final Set<String> SOURCES = Set.of(
            "java",
            "kt",
            "kts",
            "scala",
            "groovy",
            "gradle",
            "clj",
            "c",
            "h",
            "cc",
            "cpp",
            "cxx",
            "hpp",
            "hh",
            "cs",
            "fs",
            "vb",
            "go",
            "rs",
            "swift",
            "m",
            "mm",
            "py",
            "pyi",
            "rb",
            "php",
            "pl",
            "pm",
            "lua",
            "r",
            "jl",
            "js",
            "mjs",
            "cjs",
            "jsx",
            "ts",
            "tsx",
            "vue",
            "svelte",
            "css",
            "scss",
            "less",
            "sh",
            "bash",
            "zsh",
            "fish",
            "ps1",
            "bat",
            "cmd",
            "sql",
            "proto",
            "graphql",
            "thrift",
            "hs",
            "ml",
            "mli",
            "erl",
            "ex",
            "exs",
            "dart",
            "nim",
            "zig",
            "d",
            "pas",
            "f",
            "f90",
            "asm",
            "s",
            "v",
            "vhdl",
            "tf",
            "hcl",
            "yaml",
            "yml",
            "toml",
            "ini",
            "cfg",
            "conf",
            "properties",
            "env",
            "mk",
            "cmake",
            "dockerfile",
            "el",
            "lisp",
            "scm",
            "awk",
            "sed",
            "tcl",
            "diff",
            "patch");

    private TextMediaTypes() {}

    static String byName(String name) {
        String extension = FileTitle.extensionOf(name);
        String kind = KINDS.get(extension);
        if (kind != null) {
            return kind;
        }
        boolean make = name.endsWith("Makefile") || name.endsWith("Dockerfile");
        return make || SOURCES.contains(extension) ? CODE : PLAIN;
    }

    /** Whether the content tells more than a name that says nothing. */
    static boolean isKnownByContent(String kind) {
        return kind.equals(CALENDAR)
                || kind.equals(CONTACT)
                || kind.equals("text/x-vcard")
                || kind.equals("text/x-vcalendar");
    }

    /** Whether files of the format look like web pages where they show or contain HTML. */
    static boolean mayHoldHtml(String kind) {
        return kind.equals(MARKDOWN) || kind.equals(ASCIIDOC) || kind.equals(RESTRUCTURED);
    }

    static boolean isCode(String kind) {
        return kind.equals(CODE);
    }
}
