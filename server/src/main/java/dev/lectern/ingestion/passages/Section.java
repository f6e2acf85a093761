package dev.lectern.ingestion.passages;

import dev.lectern.library.Block;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between one heading and the next of any level.
 *
 * @param heading null before the first heading
 * @param path the headings above it and its own
 * @param body without the heading
 */
record Section(@Nullable Block heading, List<String> path, List<Block> body) {

    /** All sections in order, empty ones included. */
    static List<Section> of(ParsedDocument document) {
        List<Section> sections = new ArrayList<>();
        List<Block> above = new ArrayList<>();
        Block heading = null;
        List<Block> body = new ArrayList<>();
        for (Block block : document.blocks()) {
            if (block.type() == Block.Type.HEADING) {
                sections.add(new Section(heading, path(above, document.text()), body));
                above.removeIf(other -> other.level() >= block.level());
                above.add(block);
                heading = block;
                body = new ArrayList<>();
            } else {
                body.add(block);
            }
        }
        sections.add(new Section(heading, path(above, document.text()), body));
        return sections;
    }

    boolean contains(Section other) {
        return other.path.size() > path.size()
                && other.path.subList(0, path.size()).equals(path);
    }

    @Nullable Integer page() {
        if (heading != null) {
            return heading.page();
        }
        return body.isEmpty() ? null : body.getFirst().page();
    }

    private static List<String> path(List<Block> above, String text) {
        return above.stream()
                .map(block -> block.in(text).strip().replaceAll("\\s+", " "))
                .toList();
    }
}
