package dev.lectern.ingestion.passages;

import dev.lectern.library.Block;
import dev.lectern.library.Block.Mark;
import dev.lectern.text.TableContext;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds where to split a row of units so that all passages are near the target and splits fall between blocks rather than
 * within one: the cheapest division, found by dynamic programming. Costs are the squared relative distance from the target, plus
 * a penalty for each split by how much belongs together there. Takes units times units-per-passage steps.
 */
final class PassageBoundaryOptimizer {
    private static final double WITHIN_PARAGRAPH = 0.12;
    private static final double WITHIN_LIST_OR_TABLE = 0.04;
    private static final double AFTER_LEAD_IN = 0.3;

    private final String text;
    private final List<TextUnit> units;
    private final int target;
    private final int maxTokens;

    PassageBoundaryOptimizer(String text, List<TextUnit> units, int target, int maxTokens) {
        this.text = text;
        this.units = units;
        this.target = target;
        this.maxTokens = maxTokens;
    }

    /** A passage: units from {@code from} until {@code to}, begun with the unit before when {@code overlap}. */
    record UnitRange(int from, int to, boolean overlap) {}

    List<UnitRange> findRanges() {
        int count = units.size();
        double[] cost = new double[count + 1];
        int[] from = new int[count + 1];
        Arrays.fill(cost, Double.MAX_VALUE);
        cost[0] = 0;
        for (int start = 0; start < count; start++) {
            double before = cost[start] + (start == 0 ? 0 : penalty(start));
            int size = overheadTokens(start);
            TableContext table = null;
            for (int end = start; end < count; end++) {
                TextUnit unit = units.get(end);
                size += unit.tokens() + (table == null && unit.table() != null && end > start ? unit.contextTokens() : 0);
                if (end > start && (size > maxTokens || !unit.fitsTable(table))) {
                    break;
                }
                table = unit.table() == null ? table : unit.table();
                double distance = (size - target) / (double) target;
                double total = before + distance * distance;
                if (total < cost[end + 1]) {
                    cost[end + 1] = total;
                    from[end + 1] = start;
                }
            }
        }
        Deque<UnitRange> ranges = new ArrayDeque<>();
        for (int end = count; end > 0; end = from[end]) {
            ranges.addFirst(new UnitRange(from[end], end, overlaps(from[end])));
        }
        return List.copyOf(ranges);
    }

    /** Tokens that a passage starting here has in addition: what it repeats of its table, or the repeated sentence. */
    private int overheadTokens(int start) {
        return units.get(start).contextTokens()
                + (overlaps(start) ? units.get(start - 1).tokens() : 0);
    }

    private boolean overlaps(int start) {
        if (start == 0) {
            return false;
        }
        TextUnit before = units.get(start - 1);
        return units.get(start).continuesBlockOf(before)
                && before.mayOverlap()
                && before.tokens() + units.get(start).tokens() <= maxTokens;
    }

    private double penalty(int start) {
        TextUnit before = units.get(start - 1);
        TextUnit after = units.get(start);
        if (isLeadIn(before, after)) {
            return AFTER_LEAD_IN;
        }
        if (after.continuesBlockOf(before)) {
            return WITHIN_PARAGRAPH;
        }
        return switch (after.block().type()) {
            case LIST_ITEM, TABLE_ROW -> WITHIN_LIST_OR_TABLE;
            case CAPTION -> before.block().type().isTable() ? WITHIN_PARAGRAPH : 0;
            case NOTE -> after.block().marks().contains(Mark.SPEAKER_NOTE) ? 0 : WITHIN_PARAGRAPH;
            case HEADING, PARAGRAPH, TABLE_HEADER, CODE, QUOTE, FORMULA, FURNITURE -> 0;
        };
    }

    /** Whether the first says nothing without the second. */
    private boolean isLeadIn(TextUnit before, TextUnit after) {
        return switch (before.block().type()) {
            case HEADING, TABLE_HEADER -> true;
            case CAPTION -> after.block().type().isTable() || text.charAt(before.end() - 1) == ':';
            case PARAGRAPH, LIST_ITEM, TABLE_ROW, CODE, QUOTE, FORMULA, NOTE, FURNITURE ->
                text.charAt(before.end() - 1) == ':';
        };
    }
}
