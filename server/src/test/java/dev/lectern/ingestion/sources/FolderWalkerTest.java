package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.library.FileIdentity;
import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWalkerTest {
    private static final int MAX_FILES = 1_000;
    private static final int MAX_PATH_BYTES = 4_096;
    private static final int NAME_BYTES = 240;

    @TempDir
    private Path temporary;

    private Path folder;
    private Path outside;

    @BeforeEach
    void createFolders() throws IOException {
        folder = Files.createDirectory(temporary.resolve("folder"));
        outside = Files.createDirectory(temporary.resolve("folder.elsewhere"));
    }

    /** Prints what it finds in a folder, in ASCII: for a process with another locale. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = FolderPath.parse(arguments[0]);
            for (Item item : walk(folder, FolderWalker.Calls.DIRECT).items()) {
                Path file = FolderPath.resolve(folder, item.path());
                print(item.path() + " has " + Files.readString(file));
            }
        }

        private static void print(String line) {
            StringBuilder ascii = new StringBuilder();
            line.chars().forEach(unit -> ascii.append(unit < 0x7F && unit > 0x1F ? (char) unit : "<" + unit + ">"));
            System.out.println(ascii);
        }
    }

    @Test
    void walk_inLocaleC_findsTheSameNames() throws IOException, InterruptedException {
        Path root = Files.createDirectory(FolderPath.resolve(folder, "Fö\\xE9"));
        for (String name : List.of("plain.md", "Übersicht.md", "caf\\xE9.md", "a\nb.md", "\uD83D\uDCA1.md")) {
            Files.writeString(FolderPath.resolve(root, name), "1");
        }
        Path below = Files.createDirectory(FolderPath.resolve(root, "\\xFC"));
        Files.writeString(below.resolve("z.md"), "2");
        Files.createSymbolicLink(FolderPath.resolve(root, "link-é.md"), FolderPath.resolve(root, "Übersicht.md"));

        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                // The arguments of a process pass through its locale; an escaped one does not need it.
                FolderPath.format(folder) + "/F\\xC3\\xB6\\xE9");
        java.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        java.environment().put("LC_ALL", "C");
        Process process = java.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed.lines())
                .contains(
                        "a<10>b.md has 1",
                        "caf\\xE9.md has 1",
                        "link-<233>.md has 1",
                        "plain.md has 1",
                        "\\xFC/z.md has 2",
                        "<220>bersicht.md has 1",
                        "<55357><56481>.md has 1");
    }

    @Test
    void walk_ofLinks_followsThoseToFilesInsideOnly() throws IOException {
        Files.writeString(folder.resolve("in.md"), "In.");
        Files.writeString(outside.resolve("o.md"), "The outside walrus.");
        Files.createSymbolicLink(folder.resolve("inside.md"), Path.of("in.md"));
        Files.createSymbolicLink(folder.resolve("papers"), outside);
        Files.createSymbolicLink(folder.resolve("o.md"), outside.resolve("o.md"));
        Files.createSymbolicLink(folder.resolve("loopa"), Path.of("loopb"));
        Files.createSymbolicLink(folder.resolve("loopb"), Path.of("loopa"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(folder.resolve("through"), Path.of("loopa/file.md"));
        Files.createSymbolicLink(folder.resolve("self"), Path.of("."));
        Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("missing.md"));
        Files.createSymbolicLink(folder.resolve("away"), Path.of("../missing.md"));
        Files.createSymbolicLink(folder.resolve("part"), Path.of("in.md/below"));

        FolderWalker.Result result = walk();

        assertThat(result.items()).extracting(Item::path).containsExactly("in.md", "inside.md");
        assertThat(result.items().get(1).bytes()).isEqualTo(3);
        Map<String, SourceFinding> findings = byPath(result);
        assertThat(findings.keySet())
                .containsExactlyInAnyOrder(
                        "papers", "o.md", "loopa", "loopb", "loop", "through", "self", "nowhere", "away", "part");
        assertFinding(findings, "papers", Kind.LINK, "link to a folder");
        assertFinding(findings, "self", Kind.LINK, "link to a folder");
        assertFinding(findings, "o.md", Kind.LINK, "outside the source");
        assertFinding(findings, "loopa", Kind.LINK, "leads back to itself");
        assertFinding(findings, "loopb", Kind.LINK, "leads back to itself");
        assertFinding(findings, "loop", Kind.LINK, "leads back to itself");
        assertFinding(findings, "through", Kind.LINK, "leads back to itself");
        assertFinding(findings, "nowhere", Kind.DANGLING_LINK, "link to a file that is not there");
        assertFinding(findings, "away", Kind.DANGLING_LINK, "outside the source where nothing is");
        assertFinding(findings, "part", Kind.DANGLING_LINK, "link to a file that is not there");
    }

    @Test
    void walk_ofPipesSocketsAndDevices_neverOpensThem() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("a.md"), "A");
        run("mkfifo", folder.resolve("pipe").toString());
        Files.createSymbolicLink(folder.resolve("link"), Path.of("pipe"));
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            // The path of a socket may have about a hundred bytes only.
            Path bound = Files.createTempDirectory(Path.of("/tmp"), "s").resolve("s");
            socket.bind(UnixDomainSocketAddress.of(bound));
            Files.move(bound, folder.resolve("socket"));
            Files.delete(bound.getParent());

            FolderWalker.Result result = walk();

            assertThat(result.items()).extracting(Item::path).containsExactly("a.md");
            Map<String, SourceFinding> findings = byPath(result);
            assertThat(findings.keySet()).containsExactlyInAnyOrder("pipe", "link", "socket");
            findings.keySet()
                    .forEach(path -> assertFinding(findings, path, Kind.SPECIAL_FILE, "a pipe, a socket or a device"));
        }
    }

    @Test
    void walk_ofNames_keepsThemApart() throws IOException {
        List<String> names = List.of(
                "a\\xE9.md",
                "a\\x5CxE9.md",
                "a\\xFF.md",
                "a\\b.md",
                "a b.md",
                "a\nb.md",
                "ü.md",
                "u\u0308.md",
                "\uFFFD.md");
        for (String name : names) {
            Files.writeString(FolderPath.resolve(folder, name), name);
        }
        FolderWalker.Result result = walk();
        assertThat(result.findings()).isEmpty();
        assertThat(result.items()).extracting(Item::path).containsExactlyInAnyOrderElementsOf(names);
        for (Item item : result.items()) {
            assertThat(Files.readString(FolderPath.resolve(folder, item.path())))
                    .isEqualTo(item.path());
        }
    }

    @Test
    void walk_ofRenamedLinkedAndReplacedFiles_knowsThemByIdentity() throws IOException {
        Path file = Files.writeString(folder.resolve("a.md"), "A");
        Files.createLink(folder.resolve("hard.md"), file);
        Files.createSymbolicLink(folder.resolve("soft.md"), Path.of("a.md"));
        Files.writeString(folder.resolve("b.md"), "B");
        Map<String, FileIdentity> before = identities();
        assertThat(before.get("hard.md")).isEqualTo(before.get("a.md"));
        assertThat(before.get("soft.md")).isEqualTo(before.get("a.md"));
        assertThat(before.get("b.md")).isNotEqualTo(before.get("a.md"));

        Files.move(file, folder.resolve("moved.md"));
        Files.writeString(folder.resolve("moved.md"), "A, edited");
        Files.setLastModifiedTime(folder.resolve("moved.md"), FileTime.fromMillis(1_000));
        Path replacement = Files.writeString(outside.resolve("new"), "B");
        Files.move(replacement, folder.resolve("b.md"), StandardCopyOption.ATOMIC_MOVE);

        Map<String, FileIdentity> after = identities();
        assertThat(after.get("moved.md")).isEqualTo(before.get("a.md"));
        assertThat(after.get("b.md")).isNotEqualTo(before.get("b.md"));
    }

    @Test
    void walk_ofFileWithItsFormerTimeRestored_seesTheChangeTime() throws IOException {
        Path file = Files.writeString(folder.resolve("a.md"), "A");
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, old);
        Item item = walk().items().getFirst();
        assertThat(item.modifiedAt()).isEqualTo(old.toMillis());
        assertThat(item.changedAt())
                .isEqualTo(((FileTime) Files.getAttribute(file, "unix:ctime")).toMillis())
                .isGreaterThan(old.toMillis());
    }

    @Test
    void walk_ofWhatIsForbiddenOrBroken_tellsItAndGoesOn() throws IOException {
        for (String name : List.of("a.md", "broken.md", "closed/c.md", "failing/f.md", "forbidden.md", "open/o.md")) {
            write(name);
        }
        FolderWalker.Result result = walk(
                folder,
                new FailingCalls(Map.of(
                        "closed/", AccessDeniedException::new,
                        "forbidden.md", AccessDeniedException::new,
                        "failing/", FileSystemException::new,
                        "broken.md", FileSystemException::new)));
        assertThat(result.items()).extracting(Item::path).containsExactly("a.md", "open/o.md");
        Map<String, SourceFinding> findings = byPath(result);
        assertThat(findings.keySet()).containsExactlyInAnyOrder("broken.md", "closed", "failing", "forbidden.md");
        assertFinding(findings, "closed", Kind.UNREADABLE_FOLDER, "Check its permissions");
        assertFinding(findings, "failing", Kind.UNREADABLE_FOLDER, "reports an error");
        assertFinding(findings, "forbidden.md", Kind.UNREADABLE_FILE, "Check its permissions");
        assertFinding(findings, "broken.md", Kind.UNREADABLE_FILE, "reports an error");
    }

    @Test
    void walk_ofWhatDoesNotAnswer_goesOnWithoutIt() throws IOException {
        for (String name : List.of("a.md", "hanging.md", "mount/m.md", "silent.md", "sub/hanging/h.md", "sub/s.md")) {
            write(name);
        }
        Files.createSymbolicLink(folder.resolve("link.md"), Path.of("hanging.md"));
        Files.createSymbolicLink(folder.resolve("other.md"), Path.of("a.md"));
        List<Path> asked = new ArrayList<>();
        Function<String, IOException> hang =
                path -> new NotRespondingException(folder.resolve(path), Instant.EPOCH, "It hangs.");
        FolderWalker.Result result =
                walk(folder, new FailingCalls(Map.of("hanging.md", hang, "mount", hang, "sub/hanging/", hang)) {
                    @Override
                    public Set<Path> findSilent() {
                        return Set.of(folder.resolve("silent.md"));
                    }

                    @Override
                    void fail(String path) {
                        asked.add(folder.resolve(path));
                        super.fail(path);
                    }
                });
        assertThat(result.items()).extracting(Item::path).containsExactly("a.md", "other.md", "sub/s.md");
        assertThat(result.findings())
                .allMatch(one -> one.kind() == Kind.NOT_RESPONDING)
                .extracting(SourceFinding::path)
                .containsExactly("hanging.md", "link.md", "mount", "silent.md", "sub/hanging");
        assertThat(asked).doesNotContain(folder.resolve("silent.md"));
    }

    @Test
    void walk_ofRootThatCannotBeListed_fails() throws IOException {
        write("a.md");
        assertThatThrownBy(() -> walk(folder, new FailingCalls(Map.of("/", AccessDeniedException::new))))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> walk(folder.resolve("missing"), FolderWalker.Calls.DIRECT))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void walk_ofFilesAndFoldersThatVanish_saysNothing() throws IOException {
        write("a.md");
        write("sub/b.md");
        FolderWalker.Calls deleting = new FolderWalker.Calls() {
            @Override
            public <T> T call(Path path, FolderOperation<T> operation) throws IOException {
                if (path.equals(folder.resolve("sub"))) {
                    Files.deleteIfExists(path.resolve("b.md"));
                    Files.deleteIfExists(path);
                }
                T result = operation.run(next -> {});
                if (path.equals(folder)) {
                    Files.deleteIfExists(folder.resolve("a.md"));
                }
                return result;
            }
        };
        FolderWalker.Result result = walk(folder, deleting);
        assertThat(result.items()).isEmpty();
        assertThat(result.findings()).isEmpty();
    }

    /** As a share does that is mounted when it is used, and cannot be. */
    @Test
    void walk_ofFolderThatIsListedButNotThere_isNotTakenForDeleted() throws IOException {
        write("a.md");
        write("share/b.md");
        FolderWalker.Calls calls =
                new FailingCalls(Map.of("share/", path -> new NoSuchFileException("no longer mounted")));
        Map<String, SourceFinding> findings = byPath(walk(folder, calls));
        assertFinding(findings, "share", Kind.UNREADABLE_FOLDER, "cannot be listed");
    }

    @Test
    void walk_ofPathThatIsTooLongForTheSystem_tellsIt() throws IOException {
        write("a.md");
        // Two halves, each of which can be named, make a whole that cannot.
        Path upper = createDeepFolder(folder);
        Path lower = createDeepFolder(outside);
        Files.writeString(lower.resolve("deep.md"), "deep");
        Path half = Files.move(outside.resolve("n".repeat(NAME_BYTES)), upper.resolve("lower"));
        try {
            FolderWalker.Result result = walk();
            assertThat(result.items()).extracting(Item::path).containsExactly("a.md");
            assertThat(result.findings()).singleElement().satisfies(one -> {
                assertThat(one.kind().isUnknown()).isTrue();
                assertThat(one.reason()).contains("longer than the 4095 bytes");
            });
        } finally {
            Files.move(half, outside.resolve("lower"));
        }
    }

    private static Path createDeepFolder(Path parent) throws IOException {
        Path folder = parent;
        for (int bytes = 0; bytes < MAX_PATH_BYTES / 2; bytes += NAME_BYTES) {
            folder = folder.resolve("n".repeat(NAME_BYTES));
        }
        return Files.createDirectories(folder);
    }

    @Test
    void walk_ofIgnoredFiles_asksNothingAboutThem() throws IOException {
        write("a.md");
        write("ignored/b.md");
        Files.writeString(folder.resolve(IgnoreRules.FILE), "ignored\n" + IgnoreRules.FILE + "\n");
        List<Path> asked = new ArrayList<>();
        FolderWalker.Calls calls = new FolderWalker.Calls() {
            @Override
            public <T> T call(Path path, FolderOperation<T> operation) throws IOException {
                asked.add(path);
                return operation.run(asked::add);
            }
        };
        FolderWalker.Result result = walk(folder, calls);
        assertThat(result.items()).extracting(Item::path).containsExactly("a.md");
        assertThat(asked).doesNotContain(folder.resolve("ignored"));
    }

    /** Fails calls about some paths, as a file system with other permissions or a broken disk does; those of folders, which end in a slash, when listed. */
    private class FailingCalls implements FolderWalker.Calls {
        private final Map<String, Function<String, IOException>> failures;

        FailingCalls(Map<String, Function<String, IOException>> failures) {
            this.failures = failures;
        }

        @Override
        public <T> T call(Path path, FolderOperation<T> operation) throws IOException {
            T result;
            try {
                result = operation.run(next -> fail(FolderPath.relativize(folder, next)));
                if (result instanceof FolderReader.Names) {
                    fail(FolderPath.relativize(folder, path) + "/");
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            return result;
        }

        void fail(String path) {
            Function<String, IOException> failure = failures.get(path);
            if (failure != null) {
                throw new UncheckedIOException(failure.apply(path));
            }
        }
    }

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    private Map<String, FileIdentity> identities() throws IOException {
        return walk().items().stream()
                .collect(Collectors.toMap(Item::path, item -> Objects.requireNonNull(item.identity())));
    }

    private FolderWalker.Result walk() throws IOException {
        return walk(folder, FolderWalker.Calls.DIRECT);
    }

    private static FolderWalker.Result walk(Path folder, FolderWalker.Calls calls) throws IOException {
        return FolderWalker.walk(
                folder,
                new IgnoreRules(new RuleFileReader(), List.of(), false),
                new OwnData(Set.of(), Set.of()),
                MAX_FILES,
                calls);
    }

    private static Map<String, SourceFinding> byPath(FolderWalker.Result result) {
        return result.findings().stream().collect(Collectors.toMap(SourceFinding::path, Function.identity()));
    }

    private static void assertFinding(Map<String, SourceFinding> findings, String path, Kind kind, String reason) {
        SourceFinding finding = Objects.requireNonNull(findings.get(path), path);
        assertThat(finding.kind()).as(path).isEqualTo(kind);
        assertThat(finding.reason()).contains(reason);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
    }
}
