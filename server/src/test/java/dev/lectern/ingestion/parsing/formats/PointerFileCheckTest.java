package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.ParseOutcome.Rejected;
import dev.lectern.ingestion.parsing.RejectionCode;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointerFileCheckTest {
    private static final ParseLimits LIMITS = new ParseLimits(50_000_000, 2_000_000, 200, 3);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plan.gdoc | {\"url\": \"https://docs.google.com/open?id=1\", \"doc_id\": \"1\"} | only a link to a Google document",
                "plan.gsheet | {\"doc_id\": \"1\"} | only a link to a Google sheet",
                "plan.paper | {\"url\": \"https://paper.dropbox.com/1\"} | Dropbox Paper",
                "site.url | [InternetShortcut]\\nURL=https://example.org/ | bookmark of a web page",
                "site.webloc | <plist><dict><key>URL</key><string>https://example.org</string></dict></plist> | bookmark of a web page",
                "site.desktop | [Desktop Entry]\\nType=Link\\nURL=https://example.org | bookmark of a web page",
                "plan.lnk | L\\0\\0\\0\\1\\24\\2\\0rest | shortcut to another file",
                ".plan.docx.icloud | bplist00NSURL | placeholder of a cloud folder",
                "plan.docx.cloud | x | placeholder of a cloud folder",
                "plan.pdf | version https://git-lfs.github.com/spec/v1\\noid sha256:12\\nsize 9 | git lfs pull",
                "~$plan.docx | Ann Lee | mark of an office program",
                "._plan.docx | \\0\\5\\26\\7 | what macOS remembers"
            })
    void read_filesThatOnlyPointToADocument_areRefusedWithWhatToDo(String name, String content, String reason)
            throws IOException {
        assertThat(read(name, content.translateEscapes())).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(RejectionCode.UNSUPPORTED);
            assertThat(rejected.sentence()).contains(reason).endsWith(".");
        });
    }

    @Test
    void read_documentsThatSpeakOfPointers_areRead() throws IOException {
        assertThat(read("lfs.txt", "A pointer begins with version https://git-lfs.github.com/spec/v1 and an oid."))
                .isInstanceOf(ParseOutcome.Parsed.class);
        assertThat(read("web.md", "# Bookmarks\n\n[InternetShortcut] is the first line of such a file."))
                .isInstanceOf(ParseOutcome.Parsed.class);
    }

    @Test
    void read_formatsOfOldPrograms_sayWhatTheyAre() throws IOException {
        byte[] wordPerfect = new byte[200];
        System.arraycopy(new byte[] {(byte) 0xFF, 'W', 'P', 'C', 16, 0, 0, 0, 1, 10, 2, 1}, 0, wordPerfect, 0, 12);
        Path file = Files.write(folder.resolve("content"), wordPerfect);
        assertThat(new DocumentReader().read(file, "letter.wpd", LIMITS))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.sentence())
                                .contains("WordPerfect")
                                .contains("save it as"));
    }

    private ParseOutcome read(String name, String content) throws IOException {
        Path file = Files.write(folder.resolve("content"), content.getBytes(StandardCharsets.ISO_8859_1));
        return new DocumentReader().read(file, name, LIMITS);
    }
}
