package dev.lectern.ingestion.passages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.TestRun;
import dev.lectern.library.Block;
import dev.lectern.library.Block.Mark;
import dev.lectern.text.Span;
import dev.lectern.text.TableContext;
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
        assertThat(passages.getFirst().tableHeader()).isEqualTo("Name | Price");
        assertThat(embedded(document, passages.getFirst())).isEqualTo("A title\n" + text(document, passages.getFirst()));
        assertThat(text(document, passages.getFirst())).startsWith("Name | Price\n");
        assertThat(passages.subList(1, passages.size())).allSatisfy(passage -> {
            assertThat(passage.tableHeader()).isEqualTo("Name | Price");
            assertThat(text(document, passage)).startsWith("Thing ").doesNotContain("Name");
            assertThat(embedded(document, passage)).startsWith("A title\nName | Price\nThing ");
        });
    }

    @Test
    void split_severalHeaderRows_areCombinedInEveryPassage() {
        TestDocument table = new TestDocument()
                .add(Block.Type.TABLE_HEADER, 0, "Output | Output | Output")
                .add(Block.Type.TABLE_HEADER, 0, "Plant | 2023 | 2024")
                .add(Block.Type.TABLE_HEADER, 0, "Plant | Tonnes | Tonnes");
        for (int i = 0; i < 90; i++) {
            table.add(Block.Type.TABLE_ROW, 0, "Plant " + i + " | " + (2000 + i) + " | " + (3000 + i));
        }

        List<PassageSpan> passages = cut(table);

        assertThat(passages).hasSizeGreaterThan(1).allSatisfy(passage -> assertThat(passage.tableHeader())
                .isEqualTo("Plant | 2023 / Tonnes | 2024 / Tonnes\n\n\nOutput"));
    }

    @Test
    void split_rowsOfAGroup_knowTheGroupRowAbove() {
        TestDocument table = new TestDocument().add(Block.Type.TABLE_HEADER, 0, "City | Limit");
        for (String region : List.of("North region", "South region")) {
            table.add(Block.Type.TABLE_ROW, 0, region);
            for (int i = 0; i < 80; i++) {
                table.add(Block.Type.TABLE_ROW, 0, "City " + i + " | " + i);
            }
        }
        ParsedDocument document = table.build();

        for (PassageSpan passage : PassageSplitter.split(document, PassageSplitterTest::tokens, MAX)) {
            String above = document.text().substring(0, passage.start());
            String first = text(document, passage).lines().findFirst().orElseThrow();
            String region = above.contains("South region") ? "South region" : "North region";
            assertThat(embedded(document, passage)).contains(first.startsWith("City ") && !above.isEmpty() ? region : first);
        }
    }

    @Test
    void split_rowBelowAnEmptyLabel_knowsTheLabelAbove() {
        TestDocument table = new TestDocument().add(Block.Type.TABLE_HEADER, 0, "Region | City | Limit");
        table.add(Block.Type.TABLE_ROW, 0, "South | Munich | 140");
        for (int i = 0; i < 100; i++) {
            table.add(Block.Type.TABLE_ROW, 0, "| City " + i + " | " + i);
        }
        ParsedDocument document = table.build();

        assertThat(PassageSplitter.split(document, PassageSplitterTest::tokens, MAX))
                .hasSizeGreaterThan(1)
                .allSatisfy(passage -> assertThat(embedded(document, passage)).contains("South"));
    }

    @Test
    void split_rowLongerThanAPassage_isDividedBetweenCellsWithItsLabel() {
        StringBuilder header = new StringBuilder("Id");
        StringBuilder row = new StringBuilder("TS-0087");
        for (int i = 0; i < 9; i++) {
            header.append(" | Name ").append(i);
            row.append(" | ").append("word ".repeat(i == 4 ? 700 : 70).strip()).append(" end").append(i);
        }
        ParsedDocument document = new TestDocument()
                .add(Block.Type.TABLE_HEADER, 0, header.toString())
                .add(Block.Type.TABLE_ROW, 0, row.toString())
                .build();

        List<PassageSpan> passages = PassageSplitter.split(document, PassageSplitterTest::tokens, MAX);

        verify(document, MAX);
        assertThat(passages).hasSizeGreaterThan(4).allSatisfy(passage -> assertThat(embedded(document, passage))
                .contains("TS-0087", "Name 8"));
        PassageSpan last = passages.getLast();
        assertThat(TableContext.parse(last.tableHeader()).format(text(document, last), new Span(0, last.end() - last.start())))
                .startsWith("Id TS-0087 · Name ")
                .contains(" · Name 8: word ")
                .endsWith("end8");
    }

    @Test
    void split_tablesWithOtherColumns_areInPassagesOfTheirOwn() {
        List<PassageSpan> passages = cut(new TestDocument()
                .add(Block.Type.TABLE_HEADER, 0, "City | Limit")
                .add(Block.Type.TABLE_ROW, 0, "Munich | 140")
                .paragraph("Other things.")
                .add(Block.Type.TABLE_HEADER, 0, "Part | Stock")
                .add(Block.Type.TABLE_ROW, 0, "AB-1 | 3"));

        assertThat(passages).extracting(PassageSpan::tableHeader).containsExactly("City | Limit", "Part | Stock");
    }

    @Test
    void split_noteOrFurnitureWithinATable_doesNotEndIt() {
        TestDocument table = new TestDocument().add(Block.Type.TABLE_HEADER, 0, "Name | Price");
        for (int i = 0; i < 100; i++) {
            table.add(Block.Type.TABLE_ROW, 0, "Thing " + i + " | " + i);
            if (i % 10 == 5) {
                table.add(i % 20 == 5 ? Block.Type.NOTE : Block.Type.FURNITURE, 0, "Beside the table.");
            }
        }

        assertThat(cut(table)).hasSizeGreaterThan(1).extracting(PassageSpan::tableHeader).containsOnly("Name | Price");
    }

    @Test
    void split_caption_staysWithItsTableAndIsRepeated() {
        TestDocument table = new TestDocument()
                .paragraph(TestDocument.sentences(21, 10))
                .add(Block.Type.CAPTION, 0, "Table 3: Pumps")
                .add(Block.Type.TABLE_HEADER, 0, "Name | Price");
        for (int i = 0; i < 100; i++) {
            table.add(Block.Type.TABLE_ROW, 0, "Thing " + i + " | " + i);
        }
        ParsedDocument document = table.build();

        List<PassageSpan> rows = PassageSplitter.split(document, PassageSplitterTest::tokens, MAX).stream()
                .filter(passage -> text(document, passage).contains("Thing"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(1).allSatisfy(passage -> assertThat(embedded(document, passage))
                .containsOnlyOnce("Table 3: Pumps"));
    }

    @Test
    void split_longSpeakerNote_saysWhatItIs() {
        ParsedDocument document = new TestDocument()
                .heading(1, "Launch")
                .paragraph(TestDocument.sentences(20, 10))
                .marked(Block.Type.NOTE, Mark.SPEAKER_NOTE, TestDocument.sentences(20, 10))
                .build();

        List<PassageSpan> passages = PassageSplitter.split(document, PassageSplitterTest::tokens, MAX);

        assertThat(passages)
                .extracting(PassageSpan::headings)
                .containsExactly(List.of("Launch"), List.of("Launch", "Speaker note"));
    }

    @Test
    void split_pageNumbers_areNoPassages() {
        ParsedDocument document = new TestDocument()
                .marked(Block.Type.FURNITURE, Mark.PAGE_NUMBER, "Page 1")
                .paragraph("A remark.")
                .marked(Block.Type.FURNITURE, Mark.FOOTER, "Secret until May")
                .marked(Block.Type.FURNITURE, Mark.PAGE_NUMBER, "7")
                .build();

        List<PassageSpan> passages = PassageSplitter.split(document, PassageSplitterTest::tokens, MAX);

        assertThat(passages)
                .extracting(passage -> text(document, passage))
                .containsExactly("A remark.\n\nSecret until May");
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
            assertThat(tokens(embedded(document, passage)))
                    .as("%s", passage)
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

    private static String embedded(ParsedDocument document, PassageSpan passage) {
        return EmbeddingInput.format(
                document.title(), passage.headings(), passage.tableHeader(), text(document, passage));
    }

    private static void assertCovered(String text, Block block, BitSet covered) {
        for (int at = covered.nextClearBit(block.start()); at < block.end(); at = covered.nextClearBit(at + 1)) {
            // What parts the cells of a long row is in neither of its pieces.
            boolean gap = text.startsWith(TableContext.CELL_GAP, at - 1);
            assertThat(gap || Character.isWhitespace(text.charAt(at)))
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
