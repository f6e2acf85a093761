package dev.lectern.ingestion.passages;

import dev.lectern.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a document into passages that respect its structure and end where sentences end. Sections are cut one by one; small
 * neighbours of one level are cut together. A section that is too long is divided evenly, between blocks rather than within
 * one; only where a paragraph is divided does the next passage begin with the last sentence of the one before.
 *
 * <p>Headings are in the path of the passages below them and not in their text, except where sections are cut together.
 * Everything else of the text is in a passage.
 */
public final class PassageCutter {
    /** Changes when the same document may be cut otherwise; kept with each document. */
    public static final int VERSION = 2;

    /** Tokens of a good passage: enough to understand it, few enough to be about one thing. */
    static final int TARGET_TOKENS = 220;

    static final int MAX_OVERLAP_TOKENS = 50;

    private static final int SPECIAL_TOKENS = 8;

    private final ParsedDocument document;
    private final ToIntFunction<String> tokens;
    private final int maxTokens;
    private final List<CutPassage> passages = new ArrayList<>();
    private final Map<List<String>, Integer> budgets = new HashMap<>();

    private PassageCutter(ParsedDocument document, ToIntFunction<String> tokens, int maxTokens) {
        this.document = document;
        this.tokens = tokens;
        this.maxTokens = maxTokens;
    }

    /**
     * Cuts the whole text. Deterministic.
     *
     * @param tokens counts a text's tokens as the embedding model does; called about once per sentence
     * @param maxTokens what the model reads at most, title, headings and special tokens included; at least 64
     * @return in the order of the text; empty for a document without text
     */
    public static List<CutPassage> cut(ParsedDocument document, ToIntFunction<String> tokens, int maxTokens) {
        if (maxTokens < 64) {
            throw new IllegalArgumentException("An embedding model that reads fewer than 64 tokens is of no use");
        }
        PassageCutter cutter = new PassageCutter(document, tokens, maxTokens);
        cutter.cutSections();
        return List.copyOf(cutter.passages);
    }

    private void cutSections() {
        Group group = null;
        for (Section section : Section.of(document)) {
            Group.Member member = member(section);
            if (member.tokens() == 0) {
                continue;
            }
            if (group == null) {
                group = new Group(member);
            } else if (group.takes(member, Math.min(TARGET_TOKENS, budget(group.path())))) {
                group.add(member);
            } else {
                cut(group, member);
                group = new Group(member);
            }
        }
        if (group != null) {
            cut(group, null);
        }
    }

    private Group.Member member(Section section) {
        int most = budget(section.path());
        Units units = new Units(document.text(), tokens);
        Block heading = section.heading();
        List<Unit> head = heading == null ? List.of() : units.of(List.of(heading), most);
        return new Group.Member(section, head, units.of(section.body(), most));
    }

    private void cut(Group group, Group.@Nullable Member next) {
        if (group.isOnlyHeadingOf(next)) {
            return;
        }
        List<Unit> units = group.units();
        int most = budget(group.path());
        for (Packing.Pack pack : new Packing(document.text(), units, Math.min(TARGET_TOKENS, most), most).packs()) {
            passages.add(passage(group.path(), units, pack));
        }
    }

    private CutPassage passage(List<String> path, List<Unit> units, Packing.Pack pack) {
        Unit first = units.get(pack.from());
        Unit begin = pack.overlap() ? units.get(pack.from() - 1) : first;
        Unit last = units.get(pack.to() - 1);
        Block header = first.header();
        Span span = Span.trimmed(document.text(), begin.start(), last.end());
        return new CutPassage(
                path,
                header == null ? null : header.in(document.text()),
                first.block().page(),
                span.start(),
                span.end());
    }

    /** Tokens that a passage may have below these headings. */
    private int budget(List<String> path) {
        return budgets.computeIfAbsent(path, headings -> {
            int context = tokens.applyAsInt(PassageText.context(document.title(), headings, null));
            return Math.max(maxTokens / 3, maxTokens - context - SPECIAL_TOKENS);
        });
    }
}
