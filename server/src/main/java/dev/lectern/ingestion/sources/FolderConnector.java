package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.shared.FolderPath;
import dev.lectern.storage.DataFolder;
import dev.lectern.text.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
        return "The folder "
                + (name == null ? "at the root of the disk" : VisibleText.toUniqueName(FolderPath.format(name)));
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
            FolderWalker.Result walk = FolderWalker.walk(
                    folder, properties.ignore(), data.root(), properties.maxFolderFiles(), FolderWalker.Calls.DIRECT);
            return new Listing.Page(walk.items(), walk.findings(), null);
        } catch (IOException e) {
            return new Listing.Unavailable(
                    "Mount it or check its permissions, then scan it again.", !Files.exists(folder));
        }
    }

    @Override
    public InputStream open(Source source, String path) throws IOException {
        Path root = folder(source).toRealPath();
        // Since the listing, the file may have become a link to anywhere, or a pipe that never answers.
        Path file = FolderPath.resolve(root, path).toRealPath();
        if (!file.startsWith(root) || !FolderReader.attributes(file).isRegularFile()) {
            throw new NoSuchFileException(path, null, "It is no file within the folder any more");
        }
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public String uri(Source source, String path) {
        return VisibleText.toUniqueName("folder:" + path);
    }

    @Override
    public SourceWatcher watch(Source source) throws IOException {
        Path folder = folder(source);
        return new FolderWatcher(folder, () -> IgnoreRules.of(properties.ignore(), folder), properties.settle());
    }

    private static Path folder(Source source) {
        return FolderPath.parse(source.location());
    }
}
