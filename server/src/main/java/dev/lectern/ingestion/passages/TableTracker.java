package dev.lectern.ingestion.passages;

import dev.lectern.library.Block;
import dev.lectern.text.TableContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out what the rows of a section need from the tables above them. Notes and page furniture do not end a table. */
final class TableTracker {
    private final String text;
    private final List<List<String>> headerRows = new ArrayList<>();
    private Block.@Nullable Type before;
    private TableContext table = new TableContext("", "", "", "");
    private String caption = "";
    private String lastLabel = "";

    private TableTracker(String text) {
        this.text = text;
    }

    /** What the blocks need that are rows or header rows, by their place in the list. */
    static Map<Integer, TableContext> track(String text, List<Block> blocks) {
        TableTracker tracker = new TableTracker(text);
        Map<Integer, TableContext> needed = new HashMap<>();
        int firstHeader = 0;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            boolean continues = tracker.before == Block.Type.TABLE_HEADER;
            TableContext context = tracker.next(block);
            if (context != null) {
                needed.put(i, context);
            }
            if (context != null && block.type() == Block.Type.TABLE_HEADER) {
                firstHeader = continues ? firstHeader : i;
                // The names of the columns are complete with the last header row only.
                for (int header = firstHeader; header < i; header++) {
                    needed.computeIfPresent(header, (place, earlier) -> context);
                }
            }
        }
        return needed;
    }

    private @Nullable TableContext next(Block block) {
        return switch (block.type()) {
            case TABLE_HEADER -> addHeader(block);
            case TABLE_ROW -> addRow(block);
            case NOTE, FURNITURE -> null;
            case HEADING, PARAGRAPH, LIST_ITEM, CODE, QUOTE, FORMULA, CAPTION -> {
                before = block.type();
                caption = before == Block.Type.CAPTION ? oneLine(block) : "";
                yield null;
            }
        };
    }

    private TableContext addHeader(Block block) {
        if (before != Block.Type.TABLE_HEADER) {
            headerRows.clear();
            caption = before == Block.Type.CAPTION ? caption : "";
        }
        before = block.type();
        List<String> cells = TableContext.cells(oneLine(block));
        String title = cells.size() > 1 ? TableContext.titleOf(cells) : null;
        caption = caption.isEmpty() && title != null ? title : caption;
        headerRows.add(cells);
        lastLabel = "";
        String columns = String.join(TableContext.CELL_GAP, TableContext.combine(headerRows));
        table = new TableContext(columns, "", "", caption);
        return table;
    }

    private TableContext addRow(Block block) {
        if (before == null || !before.isTable()) {
            table = new TableContext("", "", "", before == Block.Type.CAPTION ? caption : "");
            lastLabel = "";
        }
        before = block.type();
        List<String> cells = TableContext.cells(oneLine(block));
        String title = table.columns().contains(TableContext.CELL_GAP) ? TableContext.titleOf(cells) : null;
        TableContext needed = table;
        if (title != null) {
            table = new TableContext(table.columns(), title, "", table.caption());
            needed = new TableContext(table.columns(), "", "", table.caption());
            lastLabel = "";
        } else if (cells.getFirst().isEmpty()) {
            needed = new TableContext(table.columns(), join(table.group(), lastLabel), "", table.caption());
        } else {
            lastLabel = cells.getFirst();
        }
        return needed;
    }

    private static String join(String group, String label) {
        return group.isEmpty() || label.isEmpty() ? group + label : group + " > " + label;
    }

    private String oneLine(Block block) {
        return block.in(text).strip().replaceAll("\\s+", " ");
    }
}
