package dev.lectern.ingestion.parsing.formats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** reStructuredText, line by line: headings by their rules, lists, literal blocks. Directives lose their marks. */
final class RestructuredTextReader implements FormatReader {
    private static final String RULES = "=-~^\"'`#*+_:.<>";
    private static final Pattern ITEM = Pattern.compile("^(\\s*)(?:[-*+•]|\\(?(?:\\d{1,4}|#|[a-z])[.)])\\s+(\\S.*)$");
    private static final Pattern DIRECTIVE = Pattern.compile("^\\s*\\.\\.\\s+([\\w:+-]+)::\\s*(.*)$");
    private static final Pattern OPTION = Pattern.compile("^\\s+:[\\w -]+:.*$");
    private static final Pattern ROLE = Pattern.compile(":[\\w:+-]+:`~?([^`<\\n]{1,300}?)(?:\\s*<[^>`\\n]{0,300}>)?`");
    private static final Pattern LINK = Pattern.compile("`([^`<\\n]{1,300}?)\\s*<[^>`\\n]{1,500}>`__?");
    private static final Pattern REFERENCE = Pattern.compile("`([^`\\n]{1,300})`(?:__?)?");
    private static final List<String> CODE =
            List.of("code", "code-block", "sourcecode", "parsed-literal", "literalinclude", "doctest");
    private static final List<String> SILENT =
            List.of("image", "toctree", "index", "include", "raw", "contents", "highlight", "role", "meta");

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        new Parser(TextLineFunctions.split(TextDecoder.read(inputFile.file(), inputFile.limits(), null)), out).read();
        return null;
    }

    private static final class Parser {
        private final List<String> lines;
        private final ParsedDocumentBuilder out;
        private final List<String> styles = new ArrayList<>();
        private final StringBuilder paragraph = new StringBuilder();
        private int item;
        private int at;

        Parser(List<String> lines, ParsedDocumentBuilder out) {
            this.lines = lines;
            this.out = out;
        }

        void read() {
            while (at < lines.size()) {
                String line = lines.get(at);
                Matcher directive = DIRECTIVE.matcher(line);
                Matcher listItem = ITEM.matcher(line);
                if (line.isBlank()) {
                    flush();
                    at++;
                } else if (isOverlined()) {
                    flush();
                    heading(lines.get(at + 1), line.charAt(0) + "over");
                    at += 3;
                } else if (paragraph.isEmpty() && isUnderlined()) {
                    heading(line, String.valueOf(lines.get(at + 1).charAt(0)));
                    at += 2;
                } else if (directive.matches()) {
                    directive(directive, TextLineFunctions.indentOf(line));
                } else if (line.strip().startsWith(".. ") || line.strip().equals("..")) {
                    flush();
                    at++;
                    indented(TextLineFunctions.indentOf(line));
                } else if (listItem.matches()) {
                    flush();
                    item = 1 + listItem.group(1).length() / 2;
                    paragraph.append(listItem.group(2));
                    at++;
                } else {
                    text(line);
                }
            }
            flush();
        }

        private void text(String line) {
            paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
            at++;
            if (line.stripTrailing().endsWith("::")) {
                flush();
                out.code(TextLineFunctions.joinCode(indented(TextLineFunctions.indentOf(line))));
            }
        }

        private boolean isOverlined() {
            return at + 2 < lines.size()
                    && TextLineFunctions.isRule(lines.get(at), RULES, 3)
                    && TextLineFunctions.isRule(lines.get(at + 2), RULES, 3)
                    && !lines.get(at + 1).isBlank()
                    && lines.get(at).charAt(0) == lines.get(at + 2).charAt(0);
        }

        private boolean isUnderlined() {
            return at + 1 < lines.size()
                    && TextLineFunctions.indentOf(lines.get(at)) == 0
                    && TextLineFunctions.isRule(lines.get(at + 1), RULES, 2)
                    && lines.get(at + 1).stripTrailing().length()
                            >= lines.get(at).stripTrailing().length() - 2
                    && !TextLineFunctions.isRule(lines.get(at), RULES, 2);
        }

        private void heading(String text, String style) {
            if (!styles.contains(style)) {
                styles.add(style);
            }
            out.heading(styles.indexOf(style) + 1, inline(text));
        }

        private void directive(Matcher directive, int indent) {
            flush();
            at++;
            String name = directive.group(1);
            if (CODE.contains(name)) {
                options();
                out.code(TextLineFunctions.joinCode(indented(indent)));
            } else if (SILENT.contains(name)) {
                indented(indent);
            } else {
                options();
                out.paragraph(inline(directive.group(2)));
            }
        }

        private void options() {
            while (at < lines.size() && OPTION.matcher(lines.get(at)).matches()) {
                at++;
            }
        }

        private List<String> indented(int indent) {
            List<String> inside = new ArrayList<>();
            while (at < lines.size()
                    && (lines.get(at).isBlank() || TextLineFunctions.indentOf(lines.get(at)) > indent)) {
                inside.add(lines.get(at++));
            }
            return inside;
        }

        private void flush() {
            String text = inline(paragraph.toString());
            String words = text.endsWith("::") ? text.substring(0, text.length() - 1) : text;
            paragraph.setLength(0);
            if (item > 0) {
                out.listItem(item, words);
            } else if (!TextLineFunctions.isRule(words.isEmpty() ? " " : words, RULES, 1)) {
                out.paragraph(words);
            }
            item = 0;
        }

        private static String inline(String text) {
            String words = ROLE.matcher(text).replaceAll("$1");
            words = LINK.matcher(words).replaceAll("$1");
            words = EmphasisRemover.remove(words.replace("**", ""));
            return REFERENCE.matcher(words.replace("``", "")).replaceAll("$1");
        }
    }
}
