package dev.lectern.ingestion.passages;

import dev.lectern.library.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Builds parsed documents by hand. */
final class TestDocument {
    private final StringBuilder text = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();
    private @Nullable Integer page;

    TestDocument page(int number) {
        page = number;
        return this;
    }

    TestDocument heading(int level, String heading) {
        return add(Block.Type.HEADING, level, heading);
    }

    TestDocument paragraph(String paragraph) {
        return add(Block.Type.PARAGRAPH, 0, paragraph);
    }

    TestDocument add(Block.Type kind, int level, String content) {
        if (!text.isEmpty()) {
            boolean rows = kind.isTable() && blocks.getLast().type().isTable();
            text.append(rows ? "\n" : "\n\n");
        }
        blocks.add(new Block(kind, text.length(), text.length() + content.length(), level, page));
        text.append(content);
        return this;
    }

    TestDocument marked(Block.Type kind, Block.Mark mark, String content) {
        add(kind, 0, content);
        Block plain = blocks.removeLast();
        blocks.add(new Block(kind, plain.start(), plain.end(), 0, page, Set.of(mark), null));
        return this;
    }

    ParsedDocument build() {
        return new ParsedDocument("A title", text.toString(), blocks);
    }

    /** One sentence of so many words, each a token. */
    static String sentence(int words) {
        return "W" + IntStream.range(1, words).mapToObj(i -> "ord").collect(Collectors.joining(" ", " ", "."));
    }

    static String sentences(int count, int words) {
        return IntStream.range(0, count).mapToObj(i -> sentence(words)).collect(Collectors.joining(" "));
    }

    static ParsedDocument random(Random random) {
        TestDocument document = new TestDocument();
        Block.Type[] kinds = Block.Type.values();
        int blocks = random.nextInt(60);
        for (int i = 0; i < blocks; i++) {
            if (random.nextInt(5) == 0) {
                document.page(i + 1);
            }
            Block.Type kind = kinds[random.nextInt(kinds.length)];
            boolean heading = kind == Block.Type.HEADING;
            int words = heading ? 1 + random.nextInt(6) : 1 + random.nextInt(random.nextInt(8) == 0 ? 900 : 60);
            document.add(kind, heading ? 1 + random.nextInt(4) : 0, words(random, words));
        }
        return document.build();
    }

    private static String words(Random random, int count) {
        String[] parts = {
            "alpha", "Beta", "g. ", "Dr.", "的文字。", "𝒳𝒴", "end. ", "no\nline", "\n\n", "x".repeat(40), "?", "…"
        };
        return IntStream.range(0, count)
                .mapToObj(i -> parts[random.nextInt(parts.length)])
                .collect(Collectors.joining(random.nextInt(4) == 0 ? "" : " ", "a", "z"));
    }
}
