package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.MetadataValidator;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.office.TextDocumentTable.Merge;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rich Text Format, streamed: Tika's reader knows neither headings nor tables and loses footnotes. Hidden and deleted text is left out and counted.
 */
public final class RtfReader implements FormatReader {

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(inputFile.file()))) {
            return new Reading(new RtfTokens(in), out, inputFile.limits().textLength()).read();
        }
    }

    /** Where text belongs. */
    private enum Target {
        BODY,
        SKIPPED,
        FOOTNOTE,
        COMMENT,
        COMMENT_AUTHOR,
        HEADER,
        FOOTER,
        FONT,
        STYLE,
        LABEL,
        PROPERTY
    }

    /** What a group takes over from the one around it. */
    private static final class Group {
        private Target target;
        private int unicodeBytes = 1;
        private int font;
        private boolean hidden;
        private boolean deleted;
        private boolean opens;
        private String property = "";

        Group(Target target) {
            this.target = target;
        }

        Group inner() {
            Group inner = new Group(target);
            inner.unicodeBytes = unicodeBytes;
            inner.font = font;
            inner.hidden = hidden;
            inner.deleted = deleted;
            inner.property = property;
            return inner;
        }
    }

    private static final class Reading {
        private static final int MAX_DEPTH = 1_000;
        private static final int MAX_CELLS = 1_000;
        /** Of the edges of cells, in twips: 35 metres. */
        private static final int MAX_EDGE = 2_000_000;

        private static final Set<String> SKIPPED = Set.of(
                "colortbl",
                "listtable",
                "listoverridetable",
                "pict",
                "fldinst",
                "datafield",
                "nonshppict",
                "shprslt",
                "upr",
                "themedata",
                "colorschememapping",
                "datastore",
                "latentstyles",
                "rsidtbl",
                "generator",
                "xmlnstbl",
                "mmathPr",
                "objdata",
                "objclass",
                "bkmkstart",
                "bkmkend",
                "atnid",
                "atnref",
                "atndate",
                "atnparent",
                "atntime",
                "background",
                "sp",
                "filetbl",
                "revtbl",
                "pgdsctbl",
                "pnseclvl",
                "ftnsep",
                "ftnsepc",
                "ftncn",
                "aftnsep",
                "aftnsepc",
                "aftncn",
                "wgrffmtfilter",
                "userprops",
                "docvar",
                "passwordhash",
                "fchars",
                "lchars",
                "txe",
                "xe",
                "tc",
                "nonesttables",
                "panose",
                "falt",
                "operator",
                "company",
                "doccomm",
                "comment");
        private static final Map<String, String> PROPERTIES = Map.of(
                "title",
                "title",
                "author",
                "author",
                "subject",
                "subject",
                "keywords",
                "keywords",
                "creatim",
                "created",
                "revtim",
                "modified");
        private static final Map<String, String> SIGNS = Map.ofEntries(
                Map.entry("tab", "\t"),
                Map.entry("line", "\n"),
                Map.entry("lbr", "\n"),
                Map.entry("page", "\n"),
                Map.entry("emdash", "—"),
                Map.entry("endash", "–"),
                Map.entry("lquote", "‘"),
                Map.entry("rquote", "’"),
                Map.entry("ldblquote", "“"),
                Map.entry("rdblquote", "”"),
                Map.entry("bullet", "•"),
                Map.entry("emspace", " "),
                Map.entry("enspace", " "),
                Map.entry("qmspace", " "),
                Map.entry("zwj", "\u200D"),
                Map.entry("zwnj", "\u200C"),
                Map.entry("~", " "),
                Map.entry("_", "-"));
        private static final Map<Integer, String> CHARSETS = Map.ofEntries(
                Map.entry(77, "x-MacRoman"),
                Map.entry(128, "windows-31j"),
                Map.entry(129, "x-windows-949"),
                Map.entry(134, "GBK"),
                Map.entry(136, "Big5"),
                Map.entry(161, "windows-1253"),
                Map.entry(162, "windows-1254"),
                Map.entry(163, "windows-1258"),
                Map.entry(177, "windows-1255"),
                Map.entry(178, "windows-1256"),
                Map.entry(186, "windows-1257"),
                Map.entry(204, "windows-1251"),
                Map.entry(222, "x-windows-874"),
                Map.entry(238, "windows-1250"));

        private final RtfTokens tokens;
        private final ParsedDocumentBuilder out;
        private final TextDocumentBlocks blocks;
        private final int maxLength;
        private final Deque<Group> groups = new ArrayDeque<>();
        private final Deque<StringBuilder> texts = new ArrayDeque<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Map<Integer, Charset> fonts = new HashMap<>();
        private final Map<String, String> time = new HashMap<>();
        private final List<TextDocumentTable.Cell> cells = new ArrayList<>();
        private Charset charset = Charset.forName("windows-1252");
        private Merge merge = Merge.NONE;
        private boolean rowHeader;
        private int rowLeft;
        private boolean ignorable;
        private boolean inTable;
        private boolean hiding;
        private boolean deleting;
        private int toSkip;
        private int style;
        private int styleNumber;
        private int outline = 9;
        private int listLevel = -1;
        private int fontNumber;
        private String label = "";
        private String author = "";
        private @Nullable String title;

        Reading(RtfTokens tokens, ParsedDocumentBuilder out, int maxLength) {
            this.tokens = tokens;
            this.out = out;
            this.maxLength = maxLength;
            blocks = new TextDocumentBlocks(out);
            groups.push(new Group(Target.BODY));
            texts.push(new StringBuilder());
        }

        @Nullable String read() throws IOException {
            try {
                for (RtfTokens.Kind kind = tokens.next(); kind != RtfTokens.Kind.END; kind = tokens.next()) {
                    switch (kind) {
                        case GROUP_START -> startGroup();
                        case GROUP_END -> endGroup();
                        case WORD -> word(tokens.word());
                        case BYTE -> addByte(tokens.value(0));
                        case END -> throw new IllegalStateException();
                    }
                }
            } catch (EOFException end) {
                // A truncated picture.
            }
            while (groups.size() > 1) {
                endGroup();
            }
            endParagraph();
            blocks.finish();
            return title == null || !MetadataValidator.isTitle(title) ? blocks.title() : title;
        }

        private void startGroup() {
            flush();
            if (groups.size() > MAX_DEPTH) {
                throw RejectionException.tooDeep();
            }
            groups.push(groups.element().inner());
            toSkip = 0;
            ignorable = false;
        }

        private void endGroup() {
            flush();
            toSkip = 0;
            ignorable = false;
            Group group = groups.element();
            if (groups.size() > 1) {
                groups.pop();
            }
            if (group.opens && texts.size() > 1) {
                close(group, texts.pop().toString());
            }
        }

        private void close(Group group, String text) {
            switch (group.target) {
                case FOOTNOTE -> blocks.note(Mark.FOOTNOTE, text);
                case COMMENT -> {
                    blocks.note(Mark.COMMENT, author.isBlank() || text.isBlank() ? text : author.strip() + ": " + text);
                    author = "";
                }
                case COMMENT_AUTHOR -> author = text;
                case HEADER -> blocks.furniture(Mark.HEADER, text);
                case FOOTER -> blocks.furniture(Mark.FOOTER, text);
                case STYLE -> {
                    int end = text.indexOf(';');
                    blocks.style(styleNumber, end < 0 ? text : text.substring(0, end));
                }
                case LABEL -> label = text.strip().chars().anyMatch(Character::isLetterOrDigit) ? text.strip() : "";
                case PROPERTY -> property(group.property, text);
                default -> {
                    // Fonts, and what is skipped.
                }
            }
        }

        private void property(String name, String text) {
            String key = PROPERTIES.getOrDefault(name, "");
            if (name.equals("title")) {
                title = text;
            } else if (key.equals("created") || key.equals("modified")) {
                DocumentProperties.addTime(
                        key,
                        "%s-%s-%s"
                                .formatted(
                                        time.getOrDefault("yr", ""),
                                        time.getOrDefault("mo", ""),
                                        time.getOrDefault("dy", "")),
                        out);
                time.clear();
            } else {
                out.metadata(key, text);
            }
        }

        /** Text of this group does not belong to the one around it. */
        private void open(Target target) {
            Group group = groups.element();
            if (group.target != Target.SKIPPED) {
                group.target = target;
                group.opens = true;
                texts.push(new StringBuilder());
            }
        }

        private void word(String word) throws IOException {
            flush();
            if (toSkip > 0 && !word.equals("u") && !word.equals("*")) {
                toSkip--;
                if (word.length() == 1) {
                    return;
                }
            }
            if (word.equals("*")) {
                ignorable = true;
                return;
            }
            boolean unknownMaySkip = ignorable;
            ignorable = false;
            if (word.equals("bin")) {
                tokens.skip(tokens.value(0));
            } else if (!startsTarget(word) && !isFormat(word) && unknownMaySkip && !isKept(word)) {
                groups.element().target = Target.SKIPPED;
            }
        }

        private static boolean isKept(String word) {
            return Set.of(
                            "shpinst",
                            "shptxt",
                            "shppict",
                            "ud",
                            "nesttableprops",
                            "moMath",
                            "moMathPara",
                            "fldrslt",
                            "do",
                            "cs",
                            "ts",
                            "ds")
                    .contains(word);
        }

        private boolean startsTarget(String word) {
            Group group = groups.element();
            if (SKIPPED.contains(word)) {
                if (word.equals("pict") && group.target != Target.SKIPPED) {
                    blocks.count(Kind.PICTURES);
                }
                group.target = Target.SKIPPED;
                return true;
            }
            switch (word) {
                case "object" -> blocks.count(Kind.EMBEDDED_OBJECTS);
                case "footnote" -> open(Target.FOOTNOTE);
                case "annotation" -> open(Target.COMMENT);
                case "atnauthor" -> open(Target.COMMENT_AUTHOR);
                case "header", "headerl", "headerr", "headerf" -> open(Target.HEADER);
                case "footer", "footerl", "footerr", "footerf" -> open(Target.FOOTER);
                case "listtext", "pntext" -> open(Target.LABEL);
                case "fonttbl", "stylesheet", "info" ->
                    group.target =
                            word.equals("info") ? Target.PROPERTY : word.equals("fonttbl") ? Target.FONT : Target.STYLE;
                case "ud" -> group.target = around();
                default -> {
                    if (group.target == Target.PROPERTY && PROPERTIES.containsKey(word)) {
                        group.property = word;
                        open(Target.PROPERTY);
                        return true;
                    }
                    return false;
                }
            }
            return true;
        }

        /** The nearest target around that is read. */
        private Target around() {
            return groups.stream()
                    .map(group -> group.target)
                    .filter(target -> target != Target.SKIPPED)
                    .findFirst()
                    .orElse(Target.BODY);
        }

        /** Reads what needs no group of its own; false for words that mean nothing here. */
        private boolean isFormat(String word) {
            Group group = groups.element();
            int value = tokens.value(1);
            String sign = SIGNS.get(word);
            if (sign != null) {
                append(sign);
                return true;
            }
            switch (word) {
                case "par", "sect" -> endParagraph();
                case "u" -> {
                    append(Character.toString((char) value));
                    toSkip = group.unicodeBytes;
                }
                case "uc" -> group.unicodeBytes = Math.clamp(value, 0, 10);
                case "ansicpg" -> charset = find("windows-" + value, charset);
                case "mac" -> charset = find("x-MacRoman", charset);
                case "pc" -> charset = find("IBM437", charset);
                case "f" -> {
                    group.font = value;
                    fontNumber = value;
                }
                case "fcharset" -> {
                    if (group.target == Target.FONT && CHARSETS.containsKey(value)) {
                        fonts.put(fontNumber, find(CHARSETS.getOrDefault(value, ""), charset));
                    }
                }
                case "plain" -> {
                    group.hidden = false;
                    group.deleted = false;
                }
                case "v" -> group.hidden = value != 0;
                case "deleted" -> group.deleted = value != 0;
                case "yr", "mo", "dy" -> time.put(word, String.format(Locale.ROOT, "%02d", value));
                default -> {
                    return isParagraphFormat(word, value);
                }
            }
            return true;
        }

        private boolean isParagraphFormat(String word, int value) {
            Group group = groups.element();
            // The number of an item and a footnote have paragraphs of their own.
            boolean ofBody = group.target == Target.BODY;
            switch (word) {
                case "pard" -> {
                    if (ofBody) {
                        style = 0;
                        outline = 9;
                        listLevel = -1;
                        inTable = false;
                    }
                }
                case "s" -> {
                    style = ofBody ? value : style;
                    styleNumber = value;
                    if (group.target == Target.STYLE && !group.opens) {
                        open(Target.STYLE);
                    }
                }
                case "outlinelevel" -> outline = ofBody ? Math.clamp(value, 0, 9) : outline;
                case "ilvl" -> listLevel = ofBody ? Math.clamp(value, 0, 8) : listLevel;
                case "ls" -> listLevel = !ofBody ? listLevel : value == 0 ? -1 : Math.max(0, listLevel);
                case "intbl" -> inTable = true;
                case "trowd" -> {
                    cells.clear();
                    merge = Merge.NONE;
                    rowHeader = false;
                    rowLeft = 0;
                }
                case "trhdr" -> rowHeader = true;
                case "trleft" -> rowLeft = Math.clamp(value, -MAX_EDGE, MAX_EDGE);
                case "clmrg" -> merge = Merge.WITH_LEFT;
                case "clvmrg" -> merge = Merge.WITH_ABOVE;
                case "cellx" -> {
                    if (cells.size() < MAX_CELLS) {
                        cells.add(new TextDocumentTable.Cell(merge, Math.clamp(value, -MAX_EDGE, MAX_EDGE)));
                    }
                    merge = Merge.NONE;
                }
                case "cell" -> {
                    if (group.target == Target.BODY) {
                        endCellParagraph();
                        blocks.endCell();
                    } else {
                        append(" ");
                    }
                }
                case "nestcell", "nestrow" -> append(word.equals("nestcell") ? " " : "; ");
                case "row" -> {
                    if (group.target == Target.BODY) {
                        blocks.endRow(new TextDocumentTable.Layout(rowHeader, rowLeft, List.copyOf(cells)));
                    }
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private String take() {
            StringBuilder text = texts.element();
            String taken = text.toString();
            text.setLength(0);
            return taken;
        }

        private void endParagraph() {
            flush();
            if (groups.element().target != Target.BODY) {
                append("\n");
            } else if (inTable) {
                endCellParagraph();
            } else {
                blocks.paragraph(take(), new TextDocumentBlocks.Properties(style, outline, listLevel, label));
                label = "";
            }
        }

        private void endCellParagraph() {
            String text = take();
            blocks.cellText(label.isEmpty() || text.isBlank() ? text : label + " " + text.strip());
            label = "";
        }

        private void addByte(int one) {
            if (toSkip > 0) {
                toSkip--;
            } else {
                ignorable = false;
                bytes.write(one);
            }
        }

        private void flush() {
            if (bytes.size() > 0) {
                Charset of = fonts.getOrDefault(groups.element().font, charset);
                String text = bytes.toString(of);
                bytes.reset();
                append(text);
            }
        }

        private void append(String text) {
            Group group = groups.element();
            if (group.target == Target.SKIPPED || group.target == Target.FONT) {
                return;
            }
            if (group.target == Target.STYLE && !group.opens && texts.size() == 1) {
                return;
            }
            if (group.hidden || group.deleted) {
                count(group, text);
                return;
            }
            hiding = false;
            deleting = false;
            if (texts.element().length() > maxLength) {
                throw RejectionException.tooLong(maxLength);
            }
            if (!(group.target == Target.PROPERTY && texts.size() == 1)) {
                texts.element().append(text);
            }
        }

        /** Pieces that follow each other are one. */
        private void count(Group group, String text) {
            if (text.isBlank()) {
                return;
            }
            if (group.hidden && !hiding) {
                blocks.count(Kind.HIDDEN_TEXT);
            } else if (group.deleted && !group.hidden && !deleting) {
                blocks.count(Kind.DELETED_TEXT);
            }
            hiding |= group.hidden;
            deleting |= group.deleted;
        }

        private static Charset find(String name, Charset otherwise) {
            try {
                return Charset.forName(name);
            } catch (IllegalArgumentException unknown) {
                return otherwise;
            }
        }
    }
}
