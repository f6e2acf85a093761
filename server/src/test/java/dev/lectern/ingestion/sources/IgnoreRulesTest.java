package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.shared.InvalidSettingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What git says was recorded with {@code git check-ignore} of git 2.39. */
class IgnoreRulesTest {
    private static final String LOCK = "\uD83D\uDD12";

    @TempDir
    Path root;

    private final RuleFileReader reader = new RuleFileReader();

    private IgnoreRules rules(String... settings) {
        return read(new IgnoreRules(reader, List.of(settings), false));
    }

    private IgnoreRules read(IgnoreRules rules) {
        rules.readFolder("", root, FolderWalker.Calls.DIRECT);
        return rules;
    }

    private void write(String path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private boolean isFileLeftOut(String line, String path) throws IOException {
        write(IgnoreRules.FILE, line + "\n");
        return rules().isLeftOut(path);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                // The cases of the issue.
                "log[0-9].txt, log1.txt, logA.txt",
                "*\uD83D\uDD12*, sub/\uD83D\uDD12 s.md, sub/s.md",
                "\uD83D\uDD12/, \uD83D\uDD12/s.md, \uD83D\uDD12.md",
                "\\#hash.md, #hash.md, hash.md",
                "\\!x, !x, x",
                // Anchored or not, folders only.
                "foo, sub/foo/x, sub/food",
                "/foo, foo, sub/foo",
                "sub/foo, sub/foo/bar, a/sub/foo",
                "foo/, foo/x, sub/foo",
                "foo/*, foo/bar, foo",
                "**/x, a/b/x, a/b/xy",
                "a/**, a/b/c, a",
                "a/**/b, a/b, ab",
                "a/**/b, a/x/y/b, a/x/y/c",
                "f**, foo, a",
                "***/x, a/b/x, xy",
                // Wildcards stay within a name; one question mark is one byte.
                "*.txt, sub/a.txt, a.TXT",
                "a*b, aXb, a/b",
                "??.md, \u00FC.md, \uD83D\uDD12.md",
                "a?c, abc, a/c",
                // Classes.
                "[!a]b, bb, ab",
                "[^a]b, bb, ab",
                "[]a]b, ]b, bb",
                "[a-]b, -b, cb",
                "[[:upper:]]x, Ax, \u00C5x",
                "[[:alpha:]]x, ax, 1x",
                "[\\]]x, ]x, ax",
                // Escapes and spaces.
                "\"foo \", foo, \"foo \"",
                "\"foo\\ \", \"foo \", foo",
                "\"a b\", a b, ab",
                "\"foo /\", \"foo /x\", foo/x",
                "fo\\o, foo, fooo",
                "\\#\\*, #*, #hash",
                "\"\\ \\*\", \" *\", \" lead\"",
                "a\\\\b, a\\b, ab",
                "a.b, a.b, axb",
                "a+(b){c}$, a+(b){c}$, aab",
                "~$*, ~$x.docx, x",
            })
    void isLeftOut_pattern_matchesAsInGit(String line, String leftOut, String kept) throws IOException {
        assertThat(isFileLeftOut(line, leftOut))
                .as("%s leaves out %s", line, leftOut)
                .isTrue();
        assertThat(isFileLeftOut(line, kept)).as("%s leaves out %s", line, kept).isFalse();
    }

    @Test
    void isLeftOut_markOfByteOrder_isNotPartOfTheFirstRule() throws IOException {
        write(IgnoreRules.FILE, "\uFEFFdrop.md\nlog[0-9].txt\n" + LOCK + "/\n*" + LOCK + "*\n\\#hash.md\n");
        IgnoreRules rules = rules();

        assertThat(List.of("drop.md", "log1.txt", LOCK + "/s.md", "sub/" + LOCK + " s.md", "#hash.md"))
                .allMatch(rules::isLeftOut);
        assertThat(List.of("good.md", "logA.txt", "foo/bar/x.md")).noneMatch(rules::isLeftOut);
        assertThat(rules.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void isLeftOut_utf16_isRead(String encoding) throws IOException {
        write(IgnoreRules.FILE, "drop.md\r\n\u00FCber.md\r\n".getBytes(Charset.forName(encoding)));
        IgnoreRules rules = rules();

        assertThat(rules.isLeftOut("drop.md")).isTrue();
        assertThat(rules.isLeftOut("\u00FCber.md")).isTrue();
        assertThat(rules.isLeftOut("good.md")).isFalse();
        assertThat(rules.findings()).hasSize(encoding.equals("UTF-16") ? 0 : 1);
    }

    @Test
    void isLeftOut_latin1_matchesNamesInBothEncodingsAndIsNamed() throws IOException {
        write(
                "sub/" + IgnoreRules.FILE,
                "# f\u00FCr Anna\ndrop.md\n\u00FCber.md\n".getBytes(StandardCharsets.ISO_8859_1));
        IgnoreRules rules = rules();
        rules.readFolder("sub", root.resolve("sub"), FolderWalker.Calls.DIRECT);

        assertThat(rules.isLeftOut("sub/drop.md")).isTrue();
        assertThat(rules.isLeftOut("sub/\u00FCber.md")).isTrue();
        assertThat(rules.isLeftOut("sub/\\xFCber.md")).isTrue();
        assertThat(rules.isLeftOut("sub/good.md")).isFalse();
        assertThat(rules.findings())
                .containsExactly(new SourceFinding(
                        "sub/.lecternignore",
                        Kind.RULE_FILE,
                        "It is not UTF-8 and was read as Latin-1. Save it as UTF-8."));
    }

    @Test
    void isLeftOut_lastRuleDecidesButNotBelowALeftOutFolder() throws IOException {
        write(IgnoreRules.FILE, "*.bak\r\n!keep.bak\r\nfoo/*\r\n!foo/bar\r\nbuild/\r\n!build/keep.md\r\n");
        IgnoreRules rules = rules();

        assertThat(List.of("a.bak", "foo/x", "build/keep.md")).allMatch(rules::isLeftOut);
        assertThat(List.of("keep.bak", "foo/bar/x", "build")).noneMatch(rules::isLeftOut);
    }

    @Test
    void isLeftOut_nestedFile_isBoundToItsFolderAndWinsOverThoseAbove() throws IOException {
        write(IgnoreRules.FILE, "*.log\n");
        write("sub/" + IgnoreRules.FILE, "!keep.log\n/only.md\n");
        IgnoreRules rules = rules();
        rules.readFolder("sub", root.resolve("sub"), FolderWalker.Calls.DIRECT);

        assertThat(List.of("keep.log", "sub/x.log", "sub/deep/y.log", "sub/only.md"))
                .allMatch(rules::isLeftOut);
        assertThat(List.of("sub/keep.log", "sub/deep/keep.log", "only.md", "sub/deep/only.md"))
                .noneMatch(rules::isLeftOut);
    }

    @Test
    void isLeftOut_gitignore_countsByChoiceAndLosesAgainstLecternignore() throws IOException {
        write(IgnoreRules.GIT_FILE, "*.md\n!.secret\n!a.tmp\n");
        write(IgnoreRules.FILE, "!notes.md\n");
        write("sub/" + IgnoreRules.GIT_FILE, "notes.md\nx.txt\n");
        IgnoreRules without = rules();
        IgnoreRules with = read(new IgnoreRules(reader, List.of(), true));
        with.readFolder("sub", root.resolve("sub"), FolderWalker.Calls.DIRECT);

        assertThat(without.isLeftOut("a.md")).isFalse();
        assertThat(with.isLeftOut("a.md")).isTrue();
        assertThat(with.isLeftOut("sub/x.txt")).isTrue();
        assertThat(with.isLeftOut("notes.md")).isFalse();
        assertThat(with.isLeftOut("sub/notes.md")).isFalse();
        // It takes nothing in again that the settings leave out.
        assertThat(with.isLeftOut(".secret")).isTrue();
        assertThat(with.isLeftOut("a.tmp")).isTrue();
    }

    @Test
    void isLeftOut_settings_addToBuiltInPatternsAndMayTakeThemBack() throws IOException {
        IgnoreRules rules = rules("*.bak", "!.github/", "drafts/");
        write(IgnoreRules.FILE, "!keep.bak\n!.well-known\n");
        IgnoreRules withFile = rules("*.bak", "drafts/");

        assertThat(List.of(".git/config.md", ".obsidian/x.md", "n.bak", "node_modules/a.js", "drafts/a.md", "~$x.docx"))
                .allMatch(rules::isLeftOut);
        assertThat(List.of("z.md", ".github/workflow.md")).noneMatch(rules::isLeftOut);
        assertThat(withFile.isLeftOut("keep.bak")).isFalse();
        assertThat(withFile.isLeftOut(".well-known/a.md")).isFalse();
        assertThat(withFile.isLeftOut("n.bak")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[abc | its square brackets are not closed",
                "[z-a]x | a range that runs backwards",
                "a/[b/c] | hold a slash",
                "foo\\ | it ends with a backslash",
                "! | it has no pattern",
                "/ | it has no pattern",
                "foo// | two slashes in a row",
                "./build | cannot begin with ./",
                "*a*b*c*d*e*f | more than 5 asterisks",
            })
    void findings_wrongLine_isNamedWithItsNumberAndTheOthersCount(String line, String reason) throws IOException {
        write(IgnoreRules.FILE, "# comment\n\n" + line + "\ndrop.md\n");
        IgnoreRules rules = rules();

        assertThat(rules.isLeftOut("drop.md")).isTrue();
        assertThat(rules.findings()).hasSize(1);
        assertThat(rules.findings().getFirst().path()).isEqualTo(IgnoreRules.FILE);
        assertThat(rules.findings().getFirst().reason())
                .contains("Line 3, `" + line.strip() + "`")
                .contains(reason);
    }

    @Test
    void findings_manyWrongAndLongLines_areBounded() throws IOException {
        write(IgnoreRules.FILE, ("[" + "x".repeat(10_000) + "\n").repeat(50) + "y".repeat(100_000) + "\ndrop.md\n");
        IgnoreRules rules = rules();

        assertThat(rules.isLeftOut("drop.md")).isTrue();
        assertThat(rules.findings()).hasSize(21);
        assertThat(rules.findings()).allMatch(finding -> finding.reason().length() < 300);
        assertThat(rules.findings().getLast().reason()).isEqualTo("30 more lines are not valid.");
    }

    @Test
    void findings_placeholderOfICloud_sayWhatToDo() {
        IgnoreRules rules = rules();
        assertThat(rules.leaveOut("plans/.report.docx.icloud", false)).isTrue();
        assertThat(rules.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.reason())
                        .isEqualTo(
                                "It is a placeholder: iCloud keeps the document online only. Download it and scan the source"
                                        + " again."));
    }

    @Test
    void findings_leftOutFilesAndFolders_nameRuleAndPlace() throws IOException {
        write(IgnoreRules.FILE, "build/\n");
        write("sub/" + IgnoreRules.FILE, "# drafts\n  \n*.draft \n");
        IgnoreRules rules = rules("*.bak");
        rules.readFolder("sub", root.resolve("sub"), FolderWalker.Calls.DIRECT);

        assertThat(rules.leaveOut("build", true)).isTrue();
        assertThat(rules.leaveOut("sub/a.draft", false)).isTrue();
        assertThat(rules.leaveOut("n.bak", false)).isTrue();
        assertThat(rules.leaveOut(".git", true)).isTrue();
        assertThat(rules.leaveOut("a.md", false)).isFalse();

        assertThat(rules.findings())
                .containsExactly(
                        finding("build", "build/", ".lecternignore, line 1"),
                        finding("sub/a.draft", "*.draft", "sub/.lecternignore, line 3"),
                        finding("n.bak", "*.bak", "LECTERN_INGESTION_IGNORE"),
                        finding(".git", ".*", "built in"));
    }

    private static SourceFinding finding(String path, String rule, String place) {
        return new SourceFinding(path, Kind.RULE, "Left out by the rule " + rule + " (" + place + ").");
    }

    @Test
    void findings_veryManyLeftOutFiles_areCounted() {
        IgnoreRules rules = rules("*.bak");
        for (int i = 0; i < 10_500; i++) {
            rules.leaveOut(i + ".bak", false);
        }

        assertThat(rules.findings()).hasSize(10_001);
        assertThat(rules.findings().getLast())
                .isEqualTo(new SourceFinding("", Kind.RULE, "500 more files and folders are left out by rules."));
    }

    @Test
    void readFolder_fileOfRulesThatCannotBeReadAnyMore_keepsTheFormerRules() throws IOException {
        write(IgnoreRules.FILE, "drop.md\n");
        assertThat(rules().isLeftOut("drop.md")).isTrue();

        Path file = root.resolve(IgnoreRules.FILE);
        Files.delete(file);
        Files.createSymbolicLink(file, root.resolve("missing"));
        assertFormerRules("is a link to a file that is not there");

        Files.delete(file);
        Files.createDirectory(file);
        assertFormerRules("is not a file");

        Files.delete(file);
        ByteArrayOutputStream large = new ByteArrayOutputStream();
        large.writeBytes("other.md\n".getBytes(StandardCharsets.UTF_8));
        large.writeBytes(new byte[RuleFileReader.MAX_BYTES]);
        Files.write(file, large.toByteArray());
        assertFormerRules("is larger than 1 MB");

        Files.delete(file);
        IgnoreRules none = rules();
        assertThat(none.isLeftOut("drop.md")).isFalse();
        assertThat(none.findings()).isEmpty();
    }

    private void assertFormerRules(String problem) {
        IgnoreRules rules = rules();
        assertThat(rules.isLeftOut("drop.md")).isTrue();
        assertThat(rules.isLeftOut("other.md")).isFalse();
        assertThat(rules.findings()).hasSize(1);
        assertThat(rules.findings().getFirst())
                .isEqualTo(new SourceFinding(
                        IgnoreRules.FILE,
                        Kind.RULE_FILE,
                        "It " + problem + ". The rules that were read from it before stay in use."));
    }

    @Test
    void readFolder_fileOfRulesThatCouldNeverBeRead_isAFinding() throws IOException {
        Files.createDirectory(root.resolve(IgnoreRules.FILE));
        IgnoreRules rules = rules();

        assertThat(rules.isLeftOut("drop.md")).isFalse();
        assertThat(rules.findings())
                .extracting(SourceFinding::reason)
                .containsExactly("It is not a file. Its rules are not applied.");
    }

    @Test
    void readFolder_fileOfRulesWithoutPermission_isAFinding() throws IOException {
        write(IgnoreRules.FILE, "drop.md\n");
        Files.setPosixFilePermissions(root.resolve(IgnoreRules.FILE), PosixFilePermissions.fromString("---------"));
        IgnoreRules rules = rules();

        if (Files.isReadable(root.resolve(IgnoreRules.FILE))) {
            // The superuser may read everything.
            assertThat(rules.isLeftOut("drop.md")).isTrue();
        } else {
            assertThat(rules.findings())
                    .extracting(SourceFinding::reason)
                    .containsExactly("It cannot be read. Check its permissions. Its rules are not applied.");
        }
    }

    @Test
    void parse_wrongSetting_isRefusedWithThePattern() {
        assertThatThrownBy(() -> rules("*.bak", "[abc"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("LECTERN_INGESTION_IGNORE has the pattern `[abc`")
                .hasMessageContaining("square brackets");
    }
}
