package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.security.OperatorKey;
import dev.lectern.storage.DataFolder;
import dev.lectern.storage.OwnFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class OwnDataFinderTest {
    @TempDir
    Path temporary;

    private Path folder;
    private DataFolder data;
    private OwnDataFinder finder;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(temporary.toRealPath().resolve("folder"));
        data = DataFolder.open(folder.resolve("store"));
        fill(data.root());
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("originals", (OwnFolders) () -> List.of(folder.resolve("originals-elsewhere")));
        finder = new OwnDataFinder(data, beans.getBeanProvider(OwnFolders.class));
    }

    @AfterEach
    void close() throws IOException {
        data.close();
    }

    private static void fill(Path dataFolder) throws IOException {
        OperatorKey.ofFolder(dataFolder);
        Files.writeString(dataFolder.resolve("lectern.db"), "SQLite format 3\0and more");
        Files.createDirectories(dataFolder.resolve("originals/ab"));
        Files.writeString(dataFolder.resolve("originals/ab/cd"), "An original.");
    }

    private FolderWalker.Result walk(Path root) throws IOException {
        return FolderWalker.walk(
                root,
                new IgnoreRules(new RuleFileReader(), List.of(), false),
                finder.find(),
                1000,
                FolderWalker.Calls.DIRECT);
    }

    private Path copy(Path target) throws IOException {
        Files.createDirectories(target);
        fill(target);
        Files.createFile(target.resolve("lock"));
        return target;
    }

    @Test
    void findObjection_dataFolderOrPartOfIt_isRefusedUnderAnyName() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), data.root());

        for (Path one : List.of(
                data.root(),
                data.root().resolve("originals"),
                data.root().resolve("originals/ab"),
                link,
                link.resolve("originals"))) {
            assertThat(finder.findObjection(one).orElse(""))
                    .as("%s", one)
                    .contains("data folder of Lectern")
                    .contains("keep the data elsewhere with LECTERN_DATA");
        }
    }

    @Test
    void findObjection_dataFolderOfAnotherLectern_isRefused() throws IOException {
        Path other = copy(temporary.resolve("other"));

        assertThat(finder.findObjection(other)).isPresent();
        assertThat(finder.findObjection(other.resolve("originals/ab"))).isPresent();

        Files.delete(other.resolve("lectern.db"));
        assertThat(finder.findObjection(other)).as("with PostgreSQL").isPresent();
    }

    @Test
    void findObjection_foldersOfDocuments_areAccepted() throws IOException {
        Path documents = Files.createDirectories(data.root().resolve("documents"));
        Path alike = Files.createDirectories(temporary.resolve("alike"));
        Files.createFile(alike.resolve("lock"));
        Files.writeString(alike.resolve("key"), "The key is under the mat.\n");
        Files.writeString(alike.resolve("lectern.db"), "A text on lecterns.");

        assertThat(finder.findObjection(folder)).as("it holds the data folder").isEmpty();
        assertThat(finder.findObjection(documents))
                .as("somebody's in the data folder")
                .isEmpty();
        assertThat(finder.findObjection(alike)).as("names alone").isEmpty();
    }

    @Test
    void findObjection_originalsElsewhere_areRefused() throws IOException {
        Path below = Files.createDirectories(folder.resolve("originals-elsewhere/ab"));

        assertThat(finder.findObjection(folder.resolve("originals-elsewhere"))).isPresent();
        assertThat(finder.findObjection(below)).isPresent();
    }

    @Test
    void walk_ownDataBelow_isSkippedWithAFinding() throws IOException {
        Files.writeString(folder.resolve("a.md"), "A file about axolotls.");
        copy(folder.resolve("sub/other"));
        Files.createDirectories(folder.resolve("originals-elsewhere"));
        Files.writeString(folder.resolve("originals-elsewhere/x"), "An original.");
        Files.createLink(folder.resolve("hard.md"), data.root().resolve("key"));
        Files.createSymbolicLink(folder.resolve("soft.md"), data.root().resolve("key"));
        Files.createSymbolicLink(folder.resolve("original.md"), data.root().resolve("originals/ab/cd"));

        FolderWalker.Result result = walk(folder);

        assertThat(result.items()).extracting(Item::path).containsExactly("a.md");
        assertThat(result.findings())
                .filteredOn(finding -> finding.kind() == Kind.OWN_DATA)
                .extracting(SourceFinding::path)
                .containsExactlyInAnyOrder(
                        "store", "sub/other", "originals-elsewhere", "hard.md", "soft.md", "original.md");
    }

    @Test
    void walk_sourceReachedByALink_skipsTheDataFolderTheSame() throws IOException {
        Files.writeString(folder.resolve("a.md"), "A file about axolotls.");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);

        assertThat(walk(link.toRealPath()).items()).extracting(Item::path).containsExactly("a.md");
    }

    @Test
    void isOwnFile_inTheDataFolder_isWhatLecternMakesThere() {
        assertThat(List.of("key", "lectern.db-wal", "originals/ab/cd", "index/x/segments_1", "lock"))
                .allMatch(path -> finder.isOwnFile(data.root(), path));
        assertThat(List.of("a.md", "documents/key", "keys/a.md"))
                .noneMatch(path -> finder.isOwnFile(data.root(), path));
        assertThat(finder.isOwnFile(data.root().resolve("originals"), "ab/cd")).isTrue();
    }

    @Test
    void isOwnFile_inAFolderThatIsNotADataFolder_isNone() throws IOException {
        Path other = copy(temporary.resolve("other"));
        assertThat(finder.isOwnFile(other, "key")).isTrue();

        Files.delete(other.resolve("lock"));
        Files.delete(other.resolve("key"));

        assertThat(finder.isOwnFile(other, "a.md")).as("recognised no more").isFalse();
        Path originals = Files.createDirectories(folder.resolve("originals-elsewhere/documents"));
        assertThat(finder.isOwnFile(originals, "a.md"))
                .as("somebody's beside the originals")
                .isFalse();
    }
}
