package dev.lectern.ingestion.parsing.formats.tika;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.html.MarkupBlockBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.SAXParserFactory;
import org.junit.jupiter.api.Test;

class TikaXhtmlHandlerTest {
    @Test
    void events_ofNotesAndComments_becomeWhatTheyAre() throws Exception {
        assertThat(read(false, """
                        <body><div class="slide-content"><p>Launch</p><p>Pilot</p></div>
                        <div class="notes-content"><p>The budget is 240,000.</p><p>*</p></div>
                        <p class="slide-comment"><b>Ann</b> Check it.</p></body>"""))
                .containsExactly(
                        "HEADING Launch",
                        "PARAGRAPH Pilot",
                        "NOTE[SPEAKER_NOTE] The budget is 240,000.",
                        "NOTE[COMMENT] Ann Check it.");
    }

    @Test
    void events_ofFootnotes_becomeNotes() throws Exception {
        assertThat(read(true, "<body><p>Text.</p><p>\uFFFD In May.</p><p>End.</p></body>"))
                .containsExactly("PARAGRAPH Text.", "NOTE[FOOTNOTE] In May.", "PARAGRAPH End.");
    }

    private static List<String> read(boolean footnotes, String xhtml) throws Exception {
        ParsedDocumentBuilder out = new ParsedDocumentBuilder(new ParseLimits(1_000_000, 100_000, 100, 1));
        MarkupBlockBuilder blocks = new MarkupBlockBuilder(out, 100, true);
        TikaXhtmlHandler handler = new TikaXhtmlHandler(blocks, out, () -> {});
        if (footnotes) {
            handler.markFootnotes();
        }
        SAXParserFactory.newInstance()
                .newSAXParser()
                .parse(new ByteArrayInputStream(xhtml.getBytes(StandardCharsets.UTF_8)), handler);
        blocks.finish();
        var document = out.build(null, "a.doc");
        return document.blocks().stream()
                .map(block -> block.type()
                        + (block.marks().isEmpty() ? "" : block.marks().toString())
                        + " "
                        + block.in(document.text()))
                .toList();
    }
}
