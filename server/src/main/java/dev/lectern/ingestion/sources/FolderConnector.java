package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.shared.FolderPath;
import dev.lectern.text.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads folders of the server's machine. A folder is listed in one page, needs no credentials and is watched for changes. */
@Component
class FolderConnector implements SourceConnector {
    /** The {@link Source#kind} of folders. */
    static final String KIND = "folder";

    private final OwnDataFinder ownData;
    private final IgnoreRulesFactory rules;
    private final IngestionProperties properties;

    FolderConnector(OwnDataFinder ownData, IgnoreRulesFactory rules, IngestionProperties properties) {
        this.ownData = ownData;
        this.rules = rules;
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
        FolderWalker.Calls calls = FolderWalker.Calls.DIRECT;
        try {
            Optional<String> objection = calls.call(folder, progress -> ownData.findObjection(folder));
            if (objection.isPresent()) {
                return new Listing.Refused(objection.get(), path -> ownData.isOwnFile(folder, path));
            }
            IgnoreRules ignored = rules.create();
            FolderWalker.Result walk =
                    FolderWalker.walk(folder, ignored, ownData.find(), properties.maxFolderFiles(), calls);
            Set<String> own = walk.findings().stream()
                    .filter(finding -> finding.kind() == Kind.OWN_DATA)
                    .map(SourceFinding::path)
                    .collect(Collectors.toSet());
            return new Listing.Page(
                    walk.items(), walk.findings(), null, path -> ignored.isLeftOut(path) || isAtOrBelow(path, own));
        } catch (IOException e) {
            return new Listing.Unavailable(
                    "Mount it or check its permissions, then scan it again.", !Files.exists(folder));
        }
    }

    private static boolean isAtOrBelow(String path, Set<String> folders) {
        for (int slash = path.length(); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            if (folders.contains(path.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Item stat(Source source, String path) throws IOException {
        try {
            return new FileItemReader(MountTable.read()).read(path, FolderPath.resolve(folder(source), path));
        } catch (NoSuchFileException gone) {
            return null;
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
        return new FolderWatcher(folder, rules.create(), ownData.find(), properties.settle());
    }

    private static Path folder(Source source) {
        return FolderPath.parse(source.location());
    }
}
