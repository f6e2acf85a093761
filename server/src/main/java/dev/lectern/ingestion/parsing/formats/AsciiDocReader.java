package dev.lectern.ingestion.parsing.formats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** AsciiDoc, line by line: headings, lists, tables, code. Attributes and comments are left out. */
final class AsciiDocReader implements FormatReader {
    private static final Pattern HEADING = Pattern.compile("^(={1,6})\\s+(\\S.*)$");
    private static final Pattern ATTRIBUTE = Pattern.compile("^:!?[\\w-]+!?:.*$");
    private static final Pattern BLOCK_ATTRIBUTE = Pattern.compile("^\\[.*]\\s*$");
    private static final Pattern ITEM = Pattern.compile("^\\s*([*.-]{1,5})\\s+(\\S.*)$");
    private static final Pattern MACRO = Pattern.compile("^(?:include|image|toc|ifdef|ifndef|endif)::.*$");
    private static final Pattern LINK = Pattern.compile("(?:link:|https?://)\\S{0,500}?\\[([^\\]\\n]{1,300})]");
    private static final Pattern REFERENCE = Pattern.compile("<<[^,>\\n]{1,200},\\s*([^>\\n]{1,300})>>");

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        new Parser(TextLineFunctions.split(TextDecoder.read(inputFile.file(), inputFile.limits(), null)), out).read();
        return null;
    }

    private static final class Parser {
        private final List<String> lines;
        private final ParsedDocumentBuilder out;
        private final StringBuilder paragraph = new StringBuilder();
        private int item;
        private int at;

        Parser(List<String> lines, ParsedDocumentBuilder out) {
            this.lines = lines;
            this.out = out;
        }

        void read() {
            while (at < lines.size()) {
                String line = lines.get(at++);
                Matcher heading = HEADING.matcher(line);
                Matcher listItem = ITEM.matcher(line);
                if (TextLineFunctions.isRule(line, "/", 4)) {
                    until(line);
                } else if (TextLineFunctions.isRule(line, "-.+", 4)) {
                    flush();
                    out.code(String.join("\n", until(line)));
                } else if (line.startsWith("|===")) {
                    flush();
                    table(until(line));
                } else if (heading.matches()) {
                    flush();
                    out.heading(heading.group(1).length(), inline(heading.group(2)));
                } else if (line.isBlank() || line.strip().equals("+") || TextLineFunctions.isRule(line, "=*_", 4)) {
                    flush();
                } else if (isForTheProgram(line)) {
                    flush();
                } else if (listItem.matches()) {
                    flush();
                    item = listItem.group(1).length();
                    paragraph.append(listItem.group(2));
                } else {
                    paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
                }
            }
            flush();
        }

        private static boolean isForTheProgram(String line) {
            return ATTRIBUTE.matcher(line).matches()
                    || BLOCK_ATTRIBUTE.matcher(line).matches()
                    || MACRO.matcher(line).matches()
                    || line.startsWith("//");
        }

        private List<String> until(String rule) {
            List<String> inside = new ArrayList<>();
            while (at < lines.size() && !lines.get(at).stripTrailing().equals(rule.stripTrailing())) {
                inside.add(lines.get(at++));
            }
            at++;
            return inside;
        }

        /** Rows are lines with all cells, or cells one a line and rows parted by empty lines. */
        private void table(List<String> inside) {
            List<String> row = new ArrayList<>();
            boolean header = true;
            for (String line : inside) {
                if (line.isBlank() && !row.isEmpty()) {
                    out.row(header, row);
                    header = false;
                    row = new ArrayList<>();
                } else if (line.startsWith("|")) {
                    List<String> cells = List.of(line.substring(1).split("\\s*\\|\\s*", -1));
                    row.addAll(cells);
                    if (cells.size() > 1) {
                        out.row(header, row);
                        header = false;
                        row = new ArrayList<>();
                    }
                } else if (!row.isEmpty()) {
                    row.add(row.removeLast() + " " + line.strip());
                }
            }
            out.row(header, row);
        }

        private void flush() {
            String text = inline(paragraph.toString());
            paragraph.setLength(0);
            if (item > 0) {
                out.listItem(item, text);
            } else {
                out.paragraph(
                        text.startsWith(".") && text.length() > 1 && text.charAt(1) != ' ' ? text.substring(1) : text);
            }
            item = 0;
        }

        private static String inline(String text) {
            String words = LINK.matcher(text).replaceAll("$1");
            return EmphasisRemover.remove(REFERENCE.matcher(words).replaceAll("$1"))
                    .replace("`", "");
        }
    }
}
