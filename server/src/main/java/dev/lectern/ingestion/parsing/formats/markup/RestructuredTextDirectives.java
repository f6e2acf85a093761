package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.text.TextLineFunctions;
import dev.lectern.library.ReadingNotice;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jsoup.Jsoup;

/** Reads the directives of reStructuredText and Sphinx. What an unknown one holds is text. */
final class RestructuredTextDirectives {
    private static final Set<String> CODE = Set.of(
            "code",
            "code-block",
            "sourcecode",
            "parsed-literal",
            "literalinclude",
            "doctest",
            "testcode",
            "testoutput",
            "prompt",
            "productionlist",
            "ipython",
            "graphviz",
            "digraph",
            "graph",
            "mermaid",
            "uml",
            "plantuml");

    private static final Set<String> FOR_THE_PROGRAM = Set.of(
            "index",
            "highlight",
            "role",
            "default-role",
            "contents",
            "sectnum",
            "section-numbering",
            "tabularcolumns",
            "currentmodule",
            "module",
            "py:module",
            "py:currentmodule",
            "program",
            "target-notes",
            "default-domain",
            "testsetup",
            "testcleanup");

    private static final Map<String, String> ADMONITIONS = Map.ofEntries(
            Map.entry("note", "Note"),
            Map.entry("warning", "Warning"),
            Map.entry("caution", "Caution"),
            Map.entry("danger", "Danger"),
            Map.entry("error", "Error"),
            Map.entry("hint", "Hint"),
            Map.entry("important", "Important"),
            Map.entry("tip", "Tip"),
            Map.entry("attention", "Attention"),
            Map.entry("todo", "Todo"),
            Map.entry("seealso", "See also"));

    private static final Map<String, String> VERSIONS = Map.of(
            "versionadded", "New in version ",
            "versionchanged", "Changed in version ",
            "versionremoved", "Removed in version ",
            "deprecated", "Deprecated since version ",
            "deprecated-removed", "Deprecated since version ");

    private static final Pattern LIST_ITEM = Pattern.compile("[-*+](?: .*|$)");

    private final RestructuredTextParser parser;
    private final ParsedDocumentBuilder document;

    /** @param document gets the notices and metadata */
    RestructuredTextDirectives(RestructuredTextParser parser, ParsedDocumentBuilder document) {
        this.parser = parser;
        this.document = document;
    }

    void read(RestructuredTextDirective directive) {
        String name = directive.name();
        if (CODE.contains(name)) {
            readCode(directive);
        } else if (ADMONITIONS.containsKey(name)) {
            parser.explain(ADMONITIONS.get(name) + ": ", directive.text());
        } else if (VERSIONS.containsKey(name)) {
            readVersion(directive);
        } else if (!FOR_THE_PROGRAM.contains(name)) {
            readOther(directive);
        }
    }

    private void readOther(RestructuredTextDirective directive) {
        switch (directive.name()) {
            case "math" -> parser.formula(directive.text());
            case "image", "figure" -> readPicture(directive);
            case "table" -> {
                readTitle(directive);
                parser.parse(directive.content());
            }
            case "csv-table" -> readSeparatedValues(directive);
            case "list-table", "flat-table" -> readListTable(directive);
            case "include" -> reportFile(directive.title());
            case "toctree" -> {
                long entries = directive.content().stream()
                        .filter(line -> !line.isBlank())
                        .count();
                document.notice(ReadingNotice.Kind.CONTENTS_ENTRIES, (int) entries);
            }
            case "raw" -> readRaw(directive);
            case "sectionauthor", "moduleauthor", "codeauthor" ->
                document.metadata("author", parser.inline(directive.title()));
            case "meta" -> directive.options().forEach(document::metadata);
            case "only", "ifconfig", "container", "compound", "tabs", "grid", "hlist", "glossary", "class" ->
                readContainer(directive);
            case "epigraph", "highlights", "pull-quote" -> parser.quoted(directive.text());
            default -> readObject(directive);
        }
    }

    private void readCode(RestructuredTextDirective directive) {
        if (!directive.option("caption").isEmpty()) {
            parser.caption(directive.option("caption"));
        }
        if (directive.name().equals("literalinclude")) {
            reportFile(directive.title());
        } else if (directive.name().equals("parsed-literal")) {
            parser.code(directive.text().stream().map(parser::inline).toList());
        } else if (directive.name().equals("productionlist")) {
            parser.code(directive.text());
        } else {
            parser.code(directive.content());
        }
    }

    private void readVersion(RestructuredTextDirective directive) {
        String[] words = directive.title().split(" ", 2);
        List<String> text = new ArrayList<>(List.of(words.length > 1 ? words[1] : ""));
        text.addAll(directive.content());
        parser.explain(VERSIONS.get(directive.name()) + words[0] + ": ", text);
    }

    private void readPicture(RestructuredTextDirective directive) {
        document.notice(ReadingNotice.Kind.PICTURES, 1);
        String alternative = directive.option("alt").replace('\n', ' ');
        if (!alternative.isEmpty()) {
            parser.caption(alternative);
        }
        LineCursor content = new LineCursor(directive.content());
        content.skipBlank();
        if (content.hasLine()) {
            String caption = String.join(" ", content.takeParagraph());
            if (!caption.strip().equals("..")) {
                parser.caption(caption);
            }
            List<String> legend = new ArrayList<>();
            while (content.hasLine()) {
                legend.add(content.take());
            }
            parser.parse(legend);
        }
    }

    private void readTitle(RestructuredTextDirective directive) {
        if (!directive.title().isEmpty()) {
            parser.caption(directive.title());
        }
    }

    private void readSeparatedValues(RestructuredTextDirective directive) {
        readTitle(directive);
        String file = directive.option("file") + directive.option("url");
        if (!file.isEmpty()) {
            reportFile(file);
            return;
        }
        List<List<List<String>>> rows = new ArrayList<>();
        try {
            addRecords(directive.option("header"), directive, rows);
            int headers = rows.size() + directive.number("header-rows");
            addRecords(String.join("\n", TextLineFunctions.dedent(directive.content())), directive, rows);
            parser.table(new TextTable(headers, rows));
        } catch (IOException | UncheckedIOException noTable) {
            parser.code(directive.content());
        }
    }

    private static void addRecords(String text, RestructuredTextDirective directive, List<List<List<String>>> rows)
            throws IOException {
        String separator = switch (directive.option("delim")) {
            case "" -> ",";
            case "tab" -> "\t";
            case "space" -> " ";
            default -> directive.option("delim").substring(0, 1);
        };
        CSVFormat.Builder format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreSurroundingSpaces(!separator.isBlank())
                .setTrailingData(true)
                .setLenientEof(true);
        if (directive.option("quote").length() == 1) {
            format.setQuote(directive.option("quote").charAt(0));
        }
        if (directive.option("escape").length() == 1) {
            format.setEscape(directive.option("escape").charAt(0));
        }
        try (CSVParser records = CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(format.get())
                .get()) {
            for (CSVRecord cells : records) {
                rows.add(cells.stream().map(cell -> cell.lines().toList()).toList());
            }
        }
    }

    /** A list of rows, each with a list of cells. */
    private void readListTable(RestructuredTextDirective directive) {
        readTitle(directive);
        List<List<List<String>>> rows = new ArrayList<>();
        for (List<String> row : itemsOf(directive.content())) {
            rows.add(itemsOf(row));
        }
        parser.table(new TextTable(directive.number("header-rows"), rows));
    }

    private static List<List<String>> itemsOf(List<String> lines) {
        LineCursor cursor = new LineCursor(TextLineFunctions.dedent(lines));
        List<List<String>> items = new ArrayList<>();
        while (cursor.hasLine()) {
            String line = cursor.take();
            if (LIST_ITEM.matcher(line).matches()) {
                List<String> item = new ArrayList<>(List.of(" " + line.substring(1)));
                item.addAll(cursor.takeIndented());
                items.add(TextLineFunctions.dedent(item));
            } else if (!line.isBlank()) {
                items.add(List.of(line));
            }
        }
        return items;
    }

    private void readRaw(RestructuredTextDirective directive) {
        if (directive.title().equals("html")) {
            parser.text(Jsoup.parseBodyFragment(String.join("\n", directive.content()))
                    .text());
        } else {
            document.notice(ReadingNotice.Kind.HIDDEN_TEXT, 1);
        }
    }

    /** What is within stands in the text as if the directive were not there. Python has classes of the same name. */
    private void readContainer(RestructuredTextDirective directive) {
        boolean object =
                directive.name().equals("class") && directive.content().stream().anyMatch(line -> !line.isBlank());
        if (object) {
            readObject(directive);
        } else {
            parser.parse(directive.content());
        }
    }

    /** The argument is a title, such as that of a topic or tab, or what the content describes, such as a function. */
    private void readObject(RestructuredTextDirective directive) {
        boolean object = directive.name().contains(":") || directive.title().contains("(");
        List<String> names = object
                ? directive.argument()
                : directive.argument().stream().map(parser::inline).toList();
        if (names.isEmpty()) {
            parser.parse(directive.content());
        } else {
            parser.explain(String.join("\n", names) + "\n", directive.content());
        }
    }

    private void reportFile(String name) {
        document.notice(ReadingNotice.Kind.INCLUDED_FILES, 1, null, name.isEmpty() ? null : name);
    }
}
