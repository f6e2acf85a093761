package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.lectern.TestRun;
import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.ParseOutcome.Parsed;
import dev.lectern.ingestion.parsing.ParseOutcome.Rejected;
import dev.lectern.ingestion.parsing.RejectionCode;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.passages.ParsedDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class DocumentReaderTest {
    private static final ParseLimits LIMITS = new ParseLimits(50_000_000, 2_000_000, 200, 3);

    private final DocumentReader reader = new DocumentReader();

    @TempDir
    Path folder;

    @BeforeAll
    static void silenceTheLibraries() {
        ((Logger) LoggerFactory.getLogger("org.apache")).setLevel(Level.OFF);
    }

    @Test
    void read_html_keepsStructureAndLeavesOutWhatSurroundsIt() throws IOException {
        assertThat(blocks("page.html", """
                <html><head><title>The page</title><script>var x;</script></head><body>
                <nav>Home | About</nav><div class="navheader"><a href="a">Previous</a> <a href="b">Next</a></div>
                <h1>Lamps</h1><p>A lamp
                  gives&nbsp;light.<br>Always.</p>
                <ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>
                <dl><dt>LED</dt><dd>A kind of lamp.</dd></dl>
                <pre>a  b
                  c</pre>
                <table><tr><th>Name</th><th>Price</th></tr><tr><td>Lamp</td><td>12</td></tr></table>
                <p>Ende.</p></body></html>"""))
                .containsExactly(
                        "HEADING1 Lamps",
                        "PARAGRAPH0 A lamp gives light.\nAlways.",
                        "LIST_ITEM1 one",
                        "LIST_ITEM2 inner",
                        "LIST_ITEM1 two",
                        "PARAGRAPH0 LED\nA kind of lamp.",
                        "CODE0 a  b\n  c",
                        "TABLE_HEADER0 Name | Price",
                        "TABLE_ROW0 Lamp | 12",
                        "PARAGRAPH0 Ende.");
        assertThat(document("page.html").title()).isEqualTo("The page");
    }

    @Test
    void read_markdown_keepsStructureAndLosesItsMarks() throws IOException {
        assertThat(blocks("note.md", """
                ---
                title: A note
                ---
                # Top
                Some **bold** text with a [link](https://example.org/)
                and ![a picture](data:image/png;base64,AAAA) in two lines.

                - one
                - two
                  goes on

                | Name | Price |
                |------|------:|
                | Lamp | 12 |

                ```java
                int a = 1;
                ```
                Second
                ------
                > quoted
                """))
                .containsExactly(
                        "HEADING1 Top",
                        "PARAGRAPH0 Some bold text with a link and a picture in two lines.",
                        "LIST_ITEM1 one",
                        "LIST_ITEM1 two goes on",
                        "TABLE_HEADER0 Name | Price",
                        "TABLE_ROW0 Lamp | 12",
                        "CODE0 int a = 1;",
                        "HEADING2 Second",
                        "QUOTE0 quoted");
        assertThat(document("note.md").title()).isEqualTo("A note");
    }

    @Test
    void read_marksForTheLooks_areNotPartOfTheText() throws IOException {
        String plain = "PARAGRAPH0 Late claims of a_b_c, 2 * 3 * 4 and x are paid; see here.";
        assertThat(blocks("note.md", "*Late* claims of a_b_c, 2 * 3 * 4 and _x_ are paid; see [here](run(1)).\n"))
                .containsExactly(plain);
        assertThat(blocks("note.adoc", "= T\n\n*Late* claims of a_b_c, 2 * 3 * 4 and _x_ are paid; see `here`.\n"))
                .containsExactly("HEADING1 T", plain);
        assertThat(
                        blocks(
                                "note.rst",
                                "Title\n=====\n\n*Late* claims of a_b_c, 2 * 3 * 4 and ``x`` are paid; see `here`_.\n\n.. note:: x\n"))
                .containsExactly("HEADING1 Title", plain, "PARAGRAPH0 Note: x");
    }

    @Test
    void read_asciiDoc_keepsStructure() throws IOException {
        assertThat(blocks("note.adoc", """
                = Top
                :author: me

                Some text.

                == Part
                * one
                * two

                [source,java]
                ----
                int a;
                ----
                |===
                |Name |Price
                |Lamp |12
                |===
                """))
                .containsExactly(
                        "HEADING1 Top",
                        "PARAGRAPH0 Some text.",
                        "HEADING2 Part",
                        "LIST_ITEM1 one",
                        "LIST_ITEM1 two",
                        "CODE0 int a;",
                        "TABLE_HEADER0 Name | Price",
                        "TABLE_ROW0 Lamp | 12");
    }

    @Test
    void read_restructuredText_keepsStructure() throws IOException {
        assertThat(blocks("note.rst", """
                ===
                Top
                ===

                Some :ref:`text <x>` and a list:

                * one
                * two

                Part
                ----
                Like this::

                    int a;

                .. note:: Mind this.
                """))
                .containsExactly(
                        "HEADING1 Top",
                        "PARAGRAPH0 Some text and a list:",
                        "LIST_ITEM1 one",
                        "LIST_ITEM1 two",
                        "HEADING2 Part",
                        "PARAGRAPH0 Like this:",
                        "CODE0 int a;",
                        "PARAGRAPH0 Note: Mind this.");
    }

    @Test
    void read_csv_hasAHeaderAndRows() throws IOException {
        assertThat(blocks("list.csv", "Name;Note\nLamp;\"red; \"\"big\"\"\"\n\nChair;\n"))
                .containsExactly("TABLE_HEADER0 Name | Note", "TABLE_ROW0 Lamp | red; \"big\"", "TABLE_ROW0 Chair");
    }

    @Test
    void read_plainText_joinsWrappedLinesAndKeepsShortOnes() throws IOException {
        String wrapped =
                "This line was broken because it would not have fitted\ninto the width of a terminal window, as mails do.";

        assertThat(blocks("note.txt", wrapped + "\n\nred\ngreen\n\f- an item"))
                .containsExactly(
                        "PARAGRAPH0 " + wrapped.replace('\n', ' '), "PARAGRAPH0 red\ngreen", "LIST_ITEM1 - an item");
    }

    @Test
    void read_source_isCode() throws IOException {
        assertThat(blocks("A.java", "class A {\n\n    int b;\n}\n"))
                .containsExactly("CODE0 class A {\n\n    int b;\n}");
        assertThat(document("A.java").title()).isEqualTo("A.java");
    }

    /** Names of other systems' files may have backslashes, and names of folders have escapes. */
    @Test
    void read_nameWithABackslash_isTheTitle() throws IOException {
        assertThat(blocks("caf\\xE9.txt", "Coffee.")).containsExactly("PARAGRAPH0 Coffee.");
        assertThat(document("caf\\xE9.txt").title()).isEqualTo("caf\\xE9");
        assertThat(blocks("caf\\xE9.java", "class A {}")).containsExactly("CODE0 class A {}");
        assertThat(document("caf\\xE9.java").title()).isEqualTo("caf\\xE9.java");
    }

    @Test
    void read_officeFiles_keepTablesSheetsAndSlides() throws IOException {
        assertThat(blocks("letter.docx", TestFiles.docx()))
                .containsExactly(
                        "PARAGRAPH0 A paragraph of the letter.",
                        "TABLE_HEADER0 Name | Price",
                        "TABLE_ROW0 Lamp | 12.50");
        for (byte[] book : List.of(TestFiles.xlsx(), TestFiles.xls())) {
            assertThat(blocks("stock.bin", book))
                    .containsExactly("HEADING1 Stock", "TABLE_HEADER0 Name | Pieces", "TABLE_ROW0 Lamp | 7");
        }
        assertThat(blocks("talk.pptx", TestFiles.pptx()))
                .containsExactly(
                        "HEADING2 Topic 1",
                        "PARAGRAPH0 What is said about it.",
                        "HEADING2 Topic 2",
                        "PARAGRAPH0 What is said about it.");
        assertThat(document("talk.pptx").blocks().getLast().page()).isEqualTo(2);
    }

    @Test
    void read_slidesThatWereMoved_comeInTheOrderOfTheDeck() throws IOException {
        byte[] deck;
        try (XMLSlideShow show = new XMLSlideShow(new ByteArrayInputStream(TestFiles.pptx()))) {
            show.setSlideOrder(show.getSlides().getFirst(), 1);
            deck = TestFiles.bytes(show::write);
        }
        assertThat(blocks("talk.pptx", deck)).startsWith("HEADING2 Topic 2").contains("HEADING2 Topic 1");
        assertThat(document("talk.pptx").blocks().getFirst().page()).isEqualTo(1);
    }

    @Test
    void read_pdf_joinsLinesAndFindsHeadings() throws IOException {
        assertThat(blocks(
                        "paper.pdf",
                        TestFiles.pdf(
                                1,
                                "# Introduction",
                                "The first sentence of the paper goes over more than one inter-",
                                "esting line and ends here.",
                                "> A new paragraph.")))
                .containsExactly(
                        "HEADING1 Introduction",
                        "PARAGRAPH0 The first sentence of the paper goes over more than one interesting line and ends here.",
                        "PARAGRAPH0 A new paragraph.");
    }

    @Test
    void read_pdfOfTenThousandPages_takesBoundedTime() throws IOException {
        byte[] pdf = TestFiles.pdf(10_000, "The same text");

        Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> assertThat(read("long.pdf", pdf)).isInstanceOf(ParseOutcome.class));
    }

    @Test
    void read_mail_hasItsHeadTextAndAttachments() throws IOException {
        assertThat(blocks("mail.eml", """
                From: Ann <ann@example.org>
                To: Bob <bob@example.org>
                Subject: Lamps
                Date: Mon, 2 Mar 2026 10:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="x"

                --x
                Content-Type: text/plain; charset=utf-8

                The list is attached.
                --x
                Content-Type: text/csv; name="list.csv"
                Content-Disposition: attachment; filename="list.csv"

                Name,Price
                Lamp,12
                --x--
                """.replace("\n", "\r\n")))
                .contains(
                        "PARAGRAPH0 The list is attached.",
                        "HEADING2 list.csv",
                        "TABLE_HEADER0 Name | Price",
                        "TABLE_ROW0 Lamp | 12")
                .anySatisfy(block -> assertThat(block).contains("From: Ann <ann@example.org>"));
        assertThat(document("mail.eml").title()).isEqualTo("Lamps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.txt", "report.docx", "report", "../../etc/report.html"})
    void read_wrongExtension_isReadByContent(String name) throws IOException {
        assertThat(((Parsed) read(name, TestFiles.pdf(1, "Hello"))).mediaType()).isEqualTo("application/pdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void read_byteOrderMark_isRemoved(String charset) throws IOException {
        String text = "\uFEFFZwölf große Boxkämpfer jagen Viktor quer über den Deich";

        assertThat(blocks("note.txt", text.getBytes(Charset.forName(charset))))
                .containsExactly("PARAGRAPH0 " + text.substring(1));
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1252, Zwölf große Boxkämpfer jagen Viktor quer über den Sylter Deich und freuen sich.",
        "windows-1251, Съешь же ещё этих мягких французских булок да выпей чаю и приходи завтра снова.",
        "GB18030, 今天天气很好我们一起去公园散步然后回家吃饭看书写字休息睡觉明天再去上班工作学习",
        "KOI8-R, Съешь же ещё этих мягких французских булок да выпей чаю и приходи завтра снова.",
        "x-MacRoman, Zwölf große Boxkämpfer jagen Viktor quer über den Sylter Deich und freuen sich.",
        "windows-1252, Ainsi l’élève fut reçu à Škofja Loka près de Žalec où l’été était déjà fini.",
        "Shift_JIS, これは日本語の文章です。文字コードを正しく判定できるかどうかを確かめます。"
    })
    void read_legacyCharset_isDetected(String charset, String text) throws IOException {
        assertThat(blocks("note.txt", text.getBytes(Charset.forName(charset)))).containsExactly("PARAGRAPH0 " + text);
    }

    @Test
    void read_controlCharacters_areRemoved() throws IOException {
        String filler = "There is more to say. ".repeat(20);

        assertThat(blocks("note.txt", filler + "a\u0000nother\u0007 so\u00ADft\u200B hy\u00A0phen"))
                .containsExactly("PARAGRAPH0 " + filler + "another soft hy phen");
    }

    @Test
    void read_externalEntities_areNeverFetched() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "TOP-SECRET");
        String declaration = "<!DOCTYPE r [<!ENTITY x SYSTEM \"%s\">]>".formatted(secret.toUri());
        String xml = "<?xml version=\"1.0\"?>" + declaration + "<r><p>Before &x; after this</p></r>";

        for (String name : List.of("a.xml", "a.html", "a.txt", "a.svg")) {
            assertThat(read(name, TestFiles.utf8(xml)).toString()).doesNotContain("TOP-SECRET");
        }
        byte[] docx = TestFiles.zip(Map.of(
                "[Content_Types].xml",
                TestFiles.utf8(
                        declaration
                                + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                                + "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"),
                "word/document.xml",
                TestFiles.utf8(xml)));
        assertThat(read("a.docx", docx)).isInstanceOf(Rejected.class);
    }

    @Test
    void read_entityBomb_isHarmless() throws IOException {
        StringBuilder bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a0 \"lol\">");
        for (int i = 1; i < 20; i++) {
            bomb.append("<!ENTITY a%d \"%s\">".formatted(i, ("&a" + (i - 1) + ";").repeat(10)));
        }
        bomb.append("]><r><p>Text &a19;</p></r>");

        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(read("bomb.xml", TestFiles.utf8(bomb.toString()))
                                .toString())
                        .hasSizeLessThan(10_000));
    }

    @ParameterizedTest
    @CsvSource({"deep.html, <html>, <div>", "deep.xml, <?xml version=\"1.0\"?>, <a>"})
    void read_deepNesting_isRefused(String name, String start, String element) throws IOException {
        assertRejected(name, TestFiles.utf8(start + element.repeat(100_000) + "text"), RejectionCode.TOO_LARGE);
    }

    @Test
    void read_moreTextThanAllowed_isRefused() throws IOException {
        assertRejected("long.txt", TestFiles.utf8("word ".repeat(500_000)), RejectionCode.TOO_LARGE);
    }

    @Test
    void read_zipBombInAnOfficeFile_isRefused() throws IOException {
        byte[] zeros = new byte[40_000_000];
        Arrays.fill(zeros, (byte) ' ');
        byte[] bomb = TestFiles.zip(Map.of(
                "[Content_Types].xml",
                TestFiles.utf8(
                        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"),
                "word/document.xml",
                zeros));

        assertThat(read("bomb.docx", bomb)).isInstanceOf(Rejected.class);
    }

    @Test
    void read_whatIsNoDocument_isRefusedWithItsReason() throws IOException {
        assertRejected("empty.pdf", new byte[0], RejectionCode.EMPTY);
        assertRejected("blank.txt", TestFiles.utf8(" \n\t "), RejectionCode.NO_TEXT);
        assertRejected("secret.pdf", TestFiles.encryptedPdf(), RejectionCode.ENCRYPTED);
        assertRejected("blank.pdf", TestFiles.emptyPdf(), RejectionCode.NO_TEXT);
        assertRejected("files.zip", TestFiles.zip(Map.of("a.txt", TestFiles.utf8("a"))), RejectionCode.ARCHIVE);
        assertRejected("files.txt", TestFiles.zip(Map.of("a.txt", TestFiles.utf8("a"))), RejectionCode.ARCHIVE);
        assertRejected("a.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3}, RejectionCode.ARCHIVE);
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
        assertRejected("a.png", png, RejectionCode.UNSUPPORTED);
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        assertRejected("noise.txt", noise, RejectionCode.UNSUPPORTED);
    }

    @Test
    void read_truncatedFiles_areSaidToBeBroken() throws IOException {
        byte[] docx = TestFiles.docx();
        byte[] pdf = TestFiles.pdf(1, "Hello");

        assertRejected("a.docx", Arrays.copyOf(docx, docx.length / 2), RejectionCode.BROKEN);
        assertRejected("a.pdf", Arrays.copyOf(pdf, 40), RejectionCode.BROKEN);
    }

    @Test
    void read_damagedFiles_neverThrow() throws IOException {
        Random random = new Random(3);
        for (byte[] whole :
                List.of(TestFiles.docx(), TestFiles.xls(), TestFiles.pdf(2, "# A", "b c d"), TestFiles.pptx())) {
            for (int i = 0; i < TestRun.repetitions(15, 3_000); i++) {
                byte[] damaged = whole.clone();
                for (int j = 0; j < 20; j++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                assertThat(read("a.bin", damaged)).isNotNull();
            }
        }
    }

    private void assertRejected(String name, byte[] content, RejectionCode code) throws IOException {
        assertThat(read(name, content)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).as(name).isEqualTo(code);
            assertThat(rejected.sentence()).endsWith(".");
        });
    }

    private List<String> blocks(String name, String content) throws IOException {
        return blocks(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> blocks(String name, byte[] content) throws IOException {
        ParseOutcome outcome = read(name, content);
        assertThat(outcome).as("%s", outcome).isInstanceOf(Parsed.class);
        ParsedDocument document = ((Parsed) outcome).document();
        return document.blocks().stream()
                .map(block -> block.type().name() + block.level() + " " + block.in(document.text()))
                .toList();
    }

    /** What the file that was last written under this name is read as. */
    private ParsedDocument document(String name) {
        return ((Parsed) reader.read(folder.resolve("content"), name, LIMITS)).document();
    }

    private ParseOutcome read(String name, byte[] content) throws IOException {
        return reader.read(Files.write(folder.resolve("content"), content), name, LIMITS);
    }
}
