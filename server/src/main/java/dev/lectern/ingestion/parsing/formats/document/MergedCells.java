package dev.lectern.ingestion.parsing.formats.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Repeats merged cells in each row and column that they cover. The number of columns and the height of a cell are bounded. */
public final class MergedCells<T> {
    private static final int MAX_COLUMNS = 1_000;
    private static final int MAX_ROWS = 65_534;

    /** Cells that reach into the next rows, by their columns. */
    private final Map<Integer, Reaching<T>> reaching = new TreeMap<>();

    private List<T> row = new ArrayList<>();
    private int dropped;

    private record Reaching<T>(T value, int rows) {}

    /** Begins the next row with the cells that reach into its beginning. The list fills as cells are added. */
    public List<T> beginRow() {
        row = new ArrayList<>();
        fill();
        return row;
    }

    /**
     * Adds a cell, and those that reach into the columns behind it.
     *
     * @param width columns; less than 1 means 1
     * @param height rows; less than 1 means 1
     */
    public void add(T value, int width, int height) {
        dropped += row.size() >= MAX_COLUMNS ? 1 : 0;
        for (int column = 0; column < Math.max(1, width) && row.size() < MAX_COLUMNS; column++) {
            if (height > 1) {
                reaching.put(row.size(), new Reaching<>(value, Math.min(height, MAX_ROWS)));
            }
            row.add(value);
            if (height > 1) {
                shorten(row.size() - 1);
            }
        }
        fill();
    }

    /** Cells past the last column that is kept, since this was asked last. */
    public int takeDropped() {
        int taken = dropped;
        dropped = 0;
        return taken;
    }

    private void fill() {
        Reaching<T> next = reaching.get(row.size());
        while (next != null && row.size() < MAX_COLUMNS) {
            row.add(next.value());
            shorten(row.size() - 1);
            next = reaching.get(row.size());
        }
    }

    private void shorten(int column) {
        reaching.computeIfPresent(
                column, (key, one) -> one.rows() <= 1 ? null : new Reaching<>(one.value(), one.rows() - 1));
    }
}
