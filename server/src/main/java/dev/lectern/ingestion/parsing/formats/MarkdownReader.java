package dev.lectern.ingestion.parsing.formats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Markdown, line by line: headings, lists, tables, code. Links and pictures keep their words and lose their addresses. */
final class MarkdownReader implements FormatReader {
    private static final Pattern HEADING = Pattern.compile("^ {0,3}(#{1,6})\\s+(.*?)\\s*#*\\s*$");
    private static final Pattern FENCE = Pattern.compile("^\\s{0,8}(`{3,}|~{3,}).*$");
    private static final Pattern ITEM = Pattern.compile("^(\\s*)(?:[-*+]|\\d{1,9}[.)])\\s+(?:\\[[ xX]]\\s+)?(.*)$");
    private static final Pattern TABLE_RULE = Pattern.compile("^\\s*\\|?\\s*:?-+:?\\s*(?:\\|\\s*:?-+:?\\s*)*\\|?\\s*$");
    private static final Pattern SETEXT = Pattern.compile("^ {0,3}(=+|-{2,})\\s*$");
    private static final Pattern RULE = Pattern.compile("^ {0,3}(?:(?:\\*\\s*){3,}|(?:-\\s*){3,}|(?:_\\s*){3,})$");
    private static final Pattern TITLE = Pattern.compile("^title:\\s*[\"']?(.*?)[\"']?\\s*$");
    /** An address may have brackets of its own, in pairs. */
    private static final String TARGET = "\\((?:[^()\\n]|\\([^()\\n]{0,500}\\)){0,2000}\\)";

    private static final Pattern PICTURE = Pattern.compile("!\\[([^\\]\\n]{0,500})]" + TARGET);
    private static final Pattern LINK =
            Pattern.compile("\\[([^\\]\\n]{1,500})](?:" + TARGET + "|\\[[^\\]\\n]{0,200}])");
    private static final Pattern STRONG = Pattern.compile("(\\*\\*|__)(?=\\S)([^\\n]{1,1000}?\\S)\\1");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\\s[^<>]{0,1000})?/?>");

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        String text = TextDecoder.read(inputFile.file(), inputFile.limits(), null);
        return new Parser(TextLineFunctions.split(COMMENT.matcher(text).replaceAll("")), out).read();
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

        @Nullable String read() {
            String title = frontMatter();
            while (at < lines.size()) {
                String line = lines.get(at);
                Matcher heading = HEADING.matcher(line);
                Matcher listItem = ITEM.matcher(line);
                if (FENCE.matcher(line).matches()) {
                    fenced(line);
                } else if (heading.matches()) {
                    flush();
                    out.heading(heading.group(1).length(), removeInlineMarks(heading.group(2)));
                    at++;
                } else if (line.isBlank()) {
                    flush();
                    at++;
                } else if (!paragraph.isEmpty()
                        && item == 0
                        && SETEXT.matcher(line).matches()) {
                    setext(line);
                } else if (isTable()) {
                    table();
                } else if (RULE.matcher(line).matches()) {
                    flush();
                    at++;
                } else if (listItem.matches()) {
                    flush();
                    item = 1 + listItem.group(1).length() / 2;
                    append(listItem.group(2));
                } else if (paragraph.isEmpty() && TextLineFunctions.indentOf(line) >= 4 && item == 0) {
                    indented();
                } else {
                    append(line.strip());
                }
            }
            flush();
            return title;
        }

        private @Nullable String frontMatter() {
            if (lines.isEmpty() || !lines.getFirst().equals("---")) {
                return null;
            }
            int end = lines.subList(1, lines.size()).indexOf("---") + 1;
            if (end == 0) {
                return null;
            }
            at = end + 1;
            return lines.subList(1, end).stream()
                    .map(TITLE::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .findFirst()
                    .orElse(null);
        }

        private void append(String line) {
            String content = line.startsWith(">") ? line.replaceFirst("^(?:>\\s?)+", "") : line;
            paragraph
                    .append(paragraph.isEmpty() ? "" : line.endsWith("  ") ? "\n" : " ")
                    .append(content);
            at++;
        }

        private void flush() {
            String text = removeInlineMarks(paragraph.toString());
            paragraph.setLength(0);
            if (item > 0) {
                out.listItem(item, text);
            } else {
                out.paragraph(text);
            }
            item = 0;
        }

        private void setext(String underline) {
            String text = removeInlineMarks(paragraph.toString());
            paragraph.setLength(0);
            out.heading(underline.strip().startsWith("=") ? 1 : 2, text);
            at++;
        }

        private void fenced(String opening) {
            flush();
            Matcher fence = FENCE.matcher(opening);
            String mark = fence.matches() ? fence.group(1) : "```";
            List<String> code = new ArrayList<>();
            for (at++; at < lines.size() && !lines.get(at).strip().startsWith(mark); at++) {
                code.add(lines.get(at));
            }
            at++;
            out.code(String.join("\n", code));
        }

        private void indented() {
            List<String> code = new ArrayList<>();
            while (at < lines.size() && (lines.get(at).isBlank() || TextLineFunctions.indentOf(lines.get(at)) >= 4)) {
                code.add(lines.get(at++));
            }
            out.code(TextLineFunctions.joinCode(code));
        }

        private boolean isTable() {
            return lines.get(at).contains("|")
                    && at + 1 < lines.size()
                    && lines.get(at + 1).contains("|")
                    && TABLE_RULE.matcher(lines.get(at + 1)).matches();
        }

        private void table() {
            flush();
            out.row(true, cells(lines.get(at)));
            for (at += 2; at < lines.size() && lines.get(at).contains("|"); at++) {
                out.row(false, cells(lines.get(at)));
            }
        }

        private static List<String> cells(String line) {
            String row = line.strip();
            String inner = row.substring(row.startsWith("|") ? 1 : 0);
            String open =
                    inner.endsWith("|") && !inner.endsWith("\\|") ? inner.substring(0, inner.length() - 1) : inner;
            return Stream.of(open.split("(?<!\\\\)\\|", -1))
                    .map(cell -> removeInlineMarks(cell.replace("\\|", "|")))
                    .toList();
        }
    }

    /** Removes the marks of inline formatting. */
    static String removeInlineMarks(String text) {
        String words = PICTURE.matcher(text).replaceAll("$1");
        words = LINK.matcher(words).replaceAll("$1");
        words = STRONG.matcher(words).replaceAll("$2");
        words = EmphasisRemover.remove(words);
        return TAG.matcher(words).replaceAll("").replace("`", "");
    }
}
