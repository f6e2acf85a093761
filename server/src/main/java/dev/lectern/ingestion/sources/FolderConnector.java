package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.storage.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads folders of the server's machine. A folder is listed in one page, needs no credentials and is watched for changes. */
@Component
class FolderConnector implements SourceConnector {
    /** The {@link Source#kind} of folders. */
    static final String KIND = "folder";

    private final DataFolder data;
    private final IngestionProperties properties;

    FolderConnector(DataFolder data, IngestionProperties properties) {
        this.data = data;
        this.properties = properties;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String describe(Source source) {
        Path name = folder(source).getFileName();
        return "The folder " + (name == null ? "at the root of the disk" : name);
    }

    @Override
    public @Nullable String secretName(Source source) {
        return null;
    }

    @Override
    public Schedule schedule(Source source) {
        return new Schedule(properties.rescan(), true);
    }

    @Override
    public boolean isReachable(Source source) {
        return Files.isDirectory(folder(source));
    }

    @Override
    public Listing list(Source source, @Nullable String cursor) {
        Path folder = folder(source);
        try {
            FolderWalker.Result walk =
                    FolderWalker.walk(folder, properties.ignore(), data.root(), properties.maxFolderFiles());
            return new Listing.Page(walk.items(), describeUnreadable(folder, walk.unreadable()), null);
        } catch (IOException e) {
            return new Listing.Unavailable(
                    "Mount it or check its permissions, then scan it again.", !Files.exists(folder));
        }
    }

    private static List<SourceFinding> describeUnreadable(Path folder, Set<String> paths) {
        return paths.stream().map(path -> describeUnreadable(folder, path)).toList();
    }

    private static SourceFinding describeUnreadable(Path folder, String path) {
        Path file = folder.resolve(path);
        if (Files.isSymbolicLink(file)) {
            return new SourceFinding(
                    path,
                    Kind.DANGLING_LINK,
                    "The file cannot be read: it is a link to a file that is not there. Restore that or delete the link.");
        }
        return Files.isDirectory(file)
                ? new SourceFinding(
                        path,
                        Kind.UNREADABLE_FOLDER,
                        "The folder cannot be listed. Check its permissions and scan the source again.")
                : new SourceFinding(
                        path,
                        Kind.UNREADABLE_FILE,
                        "The file cannot be read. Check its permissions and scan the folder again.");
    }

    @Override
    public InputStream open(Source source, String path) throws IOException {
        return Files.newInputStream(folder(source).resolve(path));
    }

    @Override
    public String uri(Source source, String path) {
        return "folder:" + path;
    }

    @Override
    public SourceWatcher watch(Source source) throws IOException {
        Path folder = folder(source);
        return new FolderWatcher(folder, () -> IgnoreRules.of(properties.ignore(), folder), properties.settle());
    }

    private static Path folder(Source source) {
        return Path.of(source.location());
    }
}
