package dev.lectern.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the commands on sources print and understand, without a server. */
@ResourceLock(Resources.SYSTEM_OUT)
class SourceOutputTest {
    @TempDir
    Path folder;

    private static JsonNode source(String id, String path, String more) {
        return JsonMapper.shared()
                .readTree("{\"id\":\"" + id + "\",\"collectionId\":\"default\",\"path\":\"" + path + "\"" + more + "}");
    }

    private static final JsonNode FINE = source(
            "01abc",
            "/srv/notes",
            ",\"state\":\"ok\",\"watch\":{\"mode\":\"events\",\"interval\":600},\"scannedAt\":\"2026-11-26T20:00:01.123Z\","
                    + "\"documents\":1200,\"missing\":{\"count\":0},\"findings\":{\"link\":2,\"rule\":34}");

    private static final JsonNode HELD = source(
            "01abd",
            "/mnt/share\\u001b[2J",
            ",\"state\":\"needs_confirmation\",\"reason\":\"12 files are missing.\",\"watch\":{\"mode\":\"polling\","
                    + "\"interval\":60,\"reason\":\"A network share reports no changes.\"},\"documents\":1,"
                    + "\"missing\":{\"count\":12,\"since\":\"2026-11-25T20:00:00Z\"},\"findings\":{}");

    @Test
    void table_hasAlignedColumnsAndNoControlCharacters() {
        assertThat(SourceLister.table(List.of(FINE, HELD)).lines())
                .containsExactly(
                        "ID     FOLDER               STATE               WATCH               LAST SCAN            "
                                + " DOCUMENTS  MISSING  FINDINGS",
                        "01abc  /srv/notes           ok                  events              2026-11-26T20:00:01Z "
                                + " 1,200      0        link 2, rule 34",
                        "01abd  /mnt/share\\u001B[2J  needs confirmation  polling every 60 s  never                 1 "
                                + "         12       none");
    }

    @Test
    void details_nameWhatIsWrongAndWhatItOverlaps() {
        assertThat(SourceShowCommand.describe(HELD).lines())
                .contains(
                        "state           needs confirmation",
                        "reason          12 files are missing.",
                        "                A network share reports no changes.",
                        "  since         2026-11-25T20:00:00Z");
        JsonNode inner = source("01abe", "/a/b", ",\"overlaps\":[{\"relation\":\"parent\",\"path\":\"/a\"}]");
        assertThat(SourceShowCommand.describe(inner)).contains("lies in         /a");
    }

    @Test
    void start_namesTheOtherFoldersAndWhatWaits() {
        assertThat(FollowedFolders.describe(List.of(FINE), Set.of("01abc"))).isEmpty();
        assertThat(FollowedFolders.describe(List.of(FINE, HELD), Set.of("01abc")))
                .containsExactly(
                        "It also keeps up with folders that were added before:",
                        "  /mnt/share\\u001B[2J (1 document). To end that: lectern sources remove 01abd",
                        "Waiting for a confirmation: /mnt/share\\u001B[2J. 12 files are missing.",
                        "  To see the files and to delete their documents: lectern sources confirm 01abd");
        JsonNode away = source("01abf", "/mnt/usb", ",\"state\":\"unavailable\",\"reason\":\"It cannot be read.\"");
        assertThat(FollowedFolders.describe(List.of(away), Set.of()))
                .containsExactly(
                        "It keeps up with:",
                        "  /mnt/usb (0 documents). To end that: lectern sources remove 01abf",
                        "Not up to date: /mnt/usb. It cannot be read.");
    }

    @Test
    void name_isAnIdAPathOrTheBeginOfAnId() throws Exception {
        Path real = Files.createDirectories(folder.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        JsonNode linked = source("01xyz", real.toString(), "");
        List<JsonNode> all = List.of(FINE, HELD, linked, source("01abc9", "/srv/other", ""));
        assertThat(SourceFinder.choose(all, "01abc")).containsExactly(FINE);
        assertThat(SourceFinder.choose(all, "01abd")).containsExactly(HELD);
        assertThat(SourceFinder.choose(all, "01x")).containsExactly(linked);
        assertThat(SourceFinder.choose(all, "01ab")).hasSize(3);
        assertThat(SourceFinder.choose(all, "/srv/x/../notes/")).containsExactly(FINE);
        assertThat(SourceFinder.choose(all, link.toString())).containsExactly(linked);
        assertThat(SourceFinder.choose(all, "")).isEmpty();
        assertThat(SourceFinder.choose(all, "02")).isEmpty();
        assertThat(SourceFinder.choose(all, "\0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"y\n", "YES\n", " yes \r\n"})
    void prompt_yes_isYes(String typed) throws Exception {
        ConfirmationPrompt prompt = new ConfirmationPrompt(true, new BufferedReader(new StringReader(typed)));
        assertThat(prompt.refuse(false, "Remove it?")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "", "n\n", "yesterday\n"})
    void prompt_anythingElse_changesNothing(String typed) throws Exception {
        ConfirmationPrompt prompt = new ConfirmationPrompt(true, new BufferedReader(new StringReader(typed)));
        assertThat(prompt.refuse(false, "Remove it?")).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void prompt_withoutATerminal_refusesUnlessTheCommandLineSaysYes() throws Exception {
        ConfirmationPrompt prompt = new ConfirmationPrompt(false, new BufferedReader(new StringReader("y\n")));
        assertThat(prompt.refuse(false, "Remove it?")).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.refuse(true, "Remove it?")).isNull();
    }
}
