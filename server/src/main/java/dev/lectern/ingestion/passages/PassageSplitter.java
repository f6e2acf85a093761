package dev.lectern.ingestion.passages;

import dev.lectern.library.Block;
import dev.lectern.library.Block.Mark;
import dev.lectern.text.Span;
import dev.lectern.text.TableContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Splits a document into passages that respect its structure and end where sentences end. Sections are split one by one; small
 * neighbours of one level are joined. A section that is too long is divided evenly, between blocks rather than within
 * one; only where a paragraph is divided does the next passage begin with the last sentence of the one before.
 *
 * <p>Headings are in the path of the passages below them and not in their text, except where sections are joined.
 * Page numbers are in no passage of their own. Everything else of the text is in a passage.
 *
 * <p>A passage has rows of one table only, and knows the names of its columns, the group and the label of its first row ({@link TableContext}), so that each
 * row can be found and shown with them wherever its table was divided.
 */
public final class PassageSplitter {
    /** Raised when the same document may be split differently; stored with each document, which is then read again. */
    public static final int VERSION = 3;

    /** Tokens of a good passage: enough to understand it, few enough to be about one thing. */
    static final int TARGET_TOKENS = 220;

    static final int MAX_OVERLAP_TOKENS = 50;

    private static final int SPECIAL_TOKENS = 8;

    private final ParsedDocument document;
    private final ToIntFunction<String> tokens;
    private final int maxTokens;
    private final List<PassageSpan> passages = new ArrayList<>();
    private final Map<List<String>, Integer> budgets = new HashMap<>();

    private PassageSplitter(ParsedDocument document, ToIntFunction<String> tokens, int maxTokens) {
        this.document = document;
        this.tokens = tokens;
        this.maxTokens = maxTokens;
    }

    /**
     * Splits the whole text. Deterministic.
     *
     * @param tokens counts a text's tokens as the embedding model does; called about once per sentence
     * @param maxTokens what the model reads at most, title, headings and special tokens included; at least 64
     * @return in the order of the text; empty for a document without text
     */
    public static List<PassageSpan> split(ParsedDocument document, ToIntFunction<String> tokens, int maxTokens) {
        if (maxTokens < 64) {
            throw new IllegalArgumentException(
                    "maxTokens is " + maxTokens + "; an embedding model must read at least 64 tokens");
        }
        PassageSplitter splitter = new PassageSplitter(document, tokens, maxTokens);
        splitter.splitSections();
        return List.copyOf(splitter.passages);
    }

    private void splitSections() {
        SectionGroup group = null;
        for (Section section : Section.of(document)) {
            SectionGroup.Member member = member(section);
            if (member.tokens() == 0) {
                continue;
            }
            if (group == null) {
                group = new SectionGroup(member);
            } else if (group.accepts(member, Math.min(TARGET_TOKENS, budget(group.path())))) {
                group.add(member);
            } else {
                split(group, member);
                group = new SectionGroup(member);
            }
        }
        if (group != null) {
            split(group, null);
        }
    }

    private SectionGroup.Member member(Section section) {
        int budget = budget(section.path());
        TextUnitSplitter unitSplitter = new TextUnitSplitter(document.text(), tokens);
        Block heading = section.heading();
        List<TextUnit> head = heading == null ? List.of() : unitSplitter.split(List.of(heading), budget);
        return new SectionGroup.Member(section, head, unitSplitter.split(section.body(), budget));
    }

    private void split(SectionGroup group, SectionGroup.@Nullable Member next) {
        if (group.isOnlyHeadingOf(next)) {
            return;
        }
        List<TextUnit> units = group.units();
        int budget = budget(group.path());
        for (PassageBoundaryOptimizer.UnitRange range : new PassageBoundaryOptimizer(
                        document.text(), units, Math.min(TARGET_TOKENS, budget), budget)
                .findRanges()) {
            passages.add(passage(group.path(), units, range));
        }
    }

    private PassageSpan passage(List<String> path, List<TextUnit> units, PassageBoundaryOptimizer.UnitRange range) {
        TextUnit first = units.get(range.from());
        TextUnit begin = range.overlap() ? units.get(range.from() - 1) : first;
        TextUnit last = units.get(range.to() - 1);
        Span span = Span.trimmed(document.text(), begin.start(), last.end());
        return new PassageSpan(
                withNoteKind(path, first.block()),
                tableOf(units.subList(range.from(), range.to())),
                first.block().page(),
                span.start(),
                span.end());
    }

    /** What the passage repeats of its table; null without rows. */
    private static @Nullable String tableOf(List<TextUnit> units) {
        TableContext first = units.getFirst().table();
        if (first != null) {
            return first.toStored();
        }
        return units.stream()
                .map(TextUnit::table)
                .filter(Objects::nonNull)
                .findFirst()
                .map(table -> new TableContext(table.columns(), table.group(), "", table.caption()).toStored())
                .orElse(null);
    }

    /** A passage that begins with a note says so, since its text alone could be taken for the document's own. */
    private static List<String> withNoteKind(List<String> path, Block block) {
        if (block.type() != Block.Type.NOTE) {
            return path;
        }
        List<String> headings = new ArrayList<>(path);
        headings.add(noteKind(block.marks()));
        return headings;
    }

    private static String noteKind(Set<Mark> marks) {
        if (marks.contains(Mark.SPEAKER_NOTE)) {
            return "Speaker note";
        }
        if (marks.contains(Mark.COMMENT)) {
            return "Comment";
        }
        return marks.contains(Mark.FOOTNOTE) ? "Footnote" : "Note";
    }

    /** Tokens that a passage may have below these headings. */
    private int budget(List<String> path) {
        return budgets.computeIfAbsent(path, headings -> {
            int context = tokens.applyAsInt(EmbeddingInput.context(document.title(), headings));
            return Math.max(maxTokens / 3, maxTokens - context - SPECIAL_TOKENS);
        });
    }
}
