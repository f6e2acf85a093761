package dev.lectern.ingestion.passages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.TestRun;
import dev.lectern.library.Block;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PassageSplitterTest {
    private static final int MAX = 512;
    private static final Pattern WORDS = Pattern.compile("\\s+");

    /** About four characters each, at least one a word, as word pieces are. */
    static int tokens(String text) {
        int tokens = 0;
        for (String word : WORDS.split(text.strip(), -1)) {
            tokens += word.isEmpty() ? 0 : 1 + (word.length() - 1) / 4;
        }
        return tokens;
    }

    @Test
    void split_emptyDocument_givesNothing() {
        assertThat(cut(new TestDocument())).isEmpty();
        assertThat(cut(new TestDocument().paragraph("  \n "))).isEmpty();
    }

    @Test
    void split_sectionsOfGoodSize_staySeparate() {
        List<PassageSpan> passages = cut(new TestDocument()
                .heading(1, "Top")
                .paragraph(TestDocument.sentences(10, 12))
                .heading(2, "Inner")
                .paragraph(TestDocument.sentences(10, 12)));

        assertThat(passages).extracting(PassageSpan::headings).containsExactly(List.of("Top"), List.of("Top", "Inner"));
    }

    @Test
    void split_smallNeighbours_areJoinedUnderTheirParent() {
        ParsedDocument document = new TestDocument()
                .heading(1, "Top")
                .heading(2, "One")
                .paragraph("A short remark.")
                .heading(2, "Two")
                .paragraph("Another short remark.")
                .build();

        List<PassageSpan> passages = PassageSplitter.split(document, PassageSplitterTest::tokens, MAX);

        assertThat(passages).hasSize(1);
        assertThat(passages.getFirst().headings()).containsExactly("Top");
        assertThat(text(document, passages.getFirst()))
                .isEqualTo("One\n\nA short remark.\n\nTwo\n\nAnother short remark.");
    }

    @Test
    void split_smallSectionBeforeAHigherHeading_staysAlone() {
        List<PassageSpan> passages = cut(new TestDocument()
                .heading(1, "First")
                .paragraph(TestDocument.sentences(20, 11))
                .heading(2, "Deep")
                .paragraph("Short.")
                .heading(1, "Second")
                .paragraph("Short as well."));

        assertThat(passages)
                .extracting(PassageSpan::headings)
                .containsExactly(List.of("First"), List.of("First", "Deep"), List.of("Second"));
    }

    @Test
    void split_smallSlides_stayOnTheirPages() {
        List<PassageSpan> passages = cut(new TestDocument()
                .page(1)
                .heading(1, "One")
                .paragraph("Short.")
                .page(2)
                .heading(1, "Two")
                .paragraph("Short."));

        assertThat(passages).extracting(PassageSpan::page).containsExactly(1, 2);
    }

    @Test
    void split_longParagraph_isDividedEvenlyAtSentencesWithOneSentenceOfOverlap() {
        ParsedDocument document =
                new TestDocument().paragraph(TestDocument.sentences(60, 10)).build();

        List<PassageSpan> passages = PassageSplitter.split(document, PassageSplitterTest::tokens, MAX);

        assertThat(passages).hasSizeBetween(2, 4);
        String sentence = TestDocument.sentence(10);
        for (int i = 0; i < passages.size(); i++) {
            assertThat(text(document, passages.get(i))).startsWith("W ").endsWith("ord.");
            if (i > 0) {
                assertThat(passages.get(i - 1).end() - passages.get(i).start()).isEqualTo(sentence.length());
            }
        }
    }

    @Test
    void split_longTable_repeatsItsHeaderBesideTheText() {
        TestDocument table = new TestDocument().add(Block.Type.TABLE_HEADER, 0, "Name | Price");
        for (int i = 0; i < 200; i++) {
            table.add(Block.Type.TABLE_ROW, 0, "Thing " + i + " | " + i);
        }
        ParsedDocument document = table.build();

        List<PassageSpan> passages = PassageSplitter.split(document, PassageSplitterTest::tokens, MAX);

        assertThat(passages).hasSizeGreaterThan(3);
        assertThat(passages.getFirst().tableHeader()).isNull();
        assertThat(text(document, passages.getFirst())).startsWith("Name | Price\n");
        assertThat(passages.subList(1, passages.size())).allSatisfy(passage -> {
            assertThat(passage.tableHeader()).isEqualTo("Name | Price");
            assertThat(text(document, passage)).startsWith("Thing ").doesNotContain("Name");
        });
    }

    @Test
    void split_codeAndListsThatFit_stayWhole() {
        String code = "int a = 1;\n\nint b = 2;\n".repeat(8).strip();
        ParsedDocument document = new TestDocument()
                .paragraph(TestDocument.sentences(18, 10))
                .add(Block.Type.CODE, 0, code)
                .paragraph(TestDocument.sentences(18, 10))
                .build();

        assertThat(PassageSplitter.split(document, PassageSplitterTest::tokens, MAX))
                .anySatisfy(passage -> assertThat(text(document, passage)).contains(code));
    }

    @Test
    void split_textWithoutAnySentenceEnd_isSplitHard() {
        for (String endless :
                List.of("x".repeat(100_000), "字".repeat(100_000), "𝒳".repeat(50_000), "ab ".repeat(40_000))) {
            ParsedDocument document = new TestDocument().paragraph(endless).build();
            verify(document, MAX);
        }
    }

    @Test
    void split_longText_countsEachSentenceOnce() {
        AtomicInteger counted = new AtomicInteger();
        ParsedDocument document =
                new TestDocument().paragraph(TestDocument.sentences(500, 10)).build();

        PassageSplitter.split(
                document,
                text -> {
                    counted.incrementAndGet();
                    return tokens(text);
                },
                MAX);

        assertThat(counted).hasValueLessThan(510);
    }

    @Test
    void split_randomDocuments_keepsEveryPromise() {
        for (int seed = 0; seed < TestRun.repetitions(400, 20_000); seed++) {
            verify(TestDocument.random(new Random(seed)), seed % 3 == 0 ? 128 : MAX);
        }
    }

    private static void verify(ParsedDocument document, int max) {
        List<PassageSpan> passages = PassageSplitter.split(document, PassageSplitterTest::tokens, max);

        assertThat(PassageSplitter.split(document, PassageSplitterTest::tokens, max))
                .isEqualTo(passages);
        BitSet covered = new BitSet();
        int before = 0;
        int startBefore = -1;
        for (PassageSpan passage : passages) {
            String text = text(document, passage);
            assertThat(text).isNotEmpty().isEqualTo(text.strip());
            assertThat(passage.start()).isGreaterThan(startBefore);
            assertThat(passage.end()).isGreaterThan(before);
            if (passage.start() < before) {
                assertThat(tokens(document.text().substring(passage.start(), before)))
                        .isLessThanOrEqualTo(PassageSplitter.MAX_OVERLAP_TOKENS);
            }
            assertThat(tokens(EmbeddingInput.format(document.title(), passage.headings(), passage.tableHeader(), text)))
                    .isLessThanOrEqualTo(max);
            covered.set(passage.start(), passage.end());
            before = passage.end();
            startBefore = passage.start();
        }
        for (Block block : document.blocks()) {
            if (block.type() != Block.Type.HEADING) {
                assertCovered(document.text(), block, covered);
            } else {
                String heading = block.in(document.text()).strip().replaceAll("\\s+", " ");
                assertThat(covered.get(block.start())
                                || passages.stream().anyMatch(p -> p.headings().contains(heading)))
                        .as(heading)
                        .isTrue();
            }
        }
    }

    private static void assertCovered(String text, Block block, BitSet covered) {
        for (int at = covered.nextClearBit(block.start()); at < block.end(); at = covered.nextClearBit(at + 1)) {
            assertThat(Character.isWhitespace(text.charAt(at)))
                    .as("offset %s", at)
                    .isTrue();
        }
    }

    private static List<PassageSpan> cut(TestDocument document) {
        return PassageSplitter.split(document.build(), PassageSplitterTest::tokens, MAX);
    }

    private static String text(ParsedDocument document, PassageSpan passage) {
        return document.text().substring(passage.start(), passage.end());
    }
}
