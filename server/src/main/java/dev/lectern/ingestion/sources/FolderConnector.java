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

    private static final long READER_NANOS = 1_000_000_000L;

    private final OwnDataFinder ownData;
    private final IgnoreRulesFactory rules;
    private final FolderWatcherFactory watchers;
    private final IngestionProperties properties;
    private final FolderAccess access;
    private volatile @Nullable RecentReader reader;

    /** @param madeAt of {@link System#nanoTime} */
    private record RecentReader(FileItemReader reader, long madeAt) {}

    FolderConnector(
            OwnDataFinder ownData,
            IgnoreRulesFactory rules,
            FolderWatcherFactory watchers,
            IngestionProperties properties,
            FolderAccess access) {
        this.ownData = ownData;
        this.rules = rules;
        this.watchers = watchers;
        this.properties = properties;
        this.access = access;
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
        return access.isDirectory(folder(source));
    }

    @Override
    public boolean isAnswering(Source source) {
        return access.isAnswering(folder(source));
    }

    @Override
    public Optional<Source.Silence> findSilence(Source source) {
        Path folder = folder(source);
        return access.findSilence(folder).map(silence -> {
            Path path = silence.path();
            return new Source.Silence(silence.since(), path == null ? null : FolderPath.relativize(folder, path));
        });
    }

    @Override
    public boolean takeCompleted(Source source) {
        return access.takeCompleted(folder(source));
    }

    @Override
    public Listing list(Source source, @Nullable String cursor) {
        Path folder = folder(source);
        FolderWalker.Calls calls = calls(folder);
        try {
            Optional<String> objection = calls.call(folder, progress -> ownData.findObjection(folder));
            if (objection.isPresent()) {
                return new Listing.Refused(
                        describe(source)
                                + " is a data folder of Lectern, or lies in one: such files are no documents. Remove"
                                + " the source.",
                        path -> isOwnFile(folder, path));
            }
            IgnoreRules ignored = rules.create();
            FolderWalker.Result walk =
                    FolderWalker.walk(folder, ignored, ownData.find(), properties.maxFolderFiles(), calls);
            Set<String> own = walk.findings().stream()
                    .filter(finding -> finding.kind() == Kind.OWN_DATA)
                    .map(SourceFinding::path)
                    .collect(Collectors.toSet());
            return new Listing.Page(
                    walk.items(),
                    walk.findings(),
                    null,
                    path -> isLeftOut(path, ignored, walk) || isAtOrBelow(path, own));
        } catch (IOException e) {
            return new Listing.Unavailable("Mount it or check its permissions, then scan it again.", isMissing(folder));
        }
    }

    /** Of a folder that is gone, or empty as the place of a disk that is away, it is not known what the rules in it took in again. */
    private static boolean isLeftOut(String path, IgnoreRules rules, FolderWalker.Result walk) {
        String unlisted = walk.findUnlisted(path);
        return unlisted.equals(path) ? rules.isLeftOut(path) : !unlisted.isEmpty() && rules.isIgnored(unlisted, true);
    }

    /** Not what only cannot be asked about, such as behind a folder without permission or on a disk with an error. */
    private boolean isMissing(Path folder) {
        try {
            return access.call(folder, folder, progress -> Files.notExists(folder));
        } catch (IOException unknown) {
            return false;
        }
    }

    private boolean isOwnFile(Path folder, String path) {
        try {
            return access.call(folder, folder, progress -> ownData.isOwnFile(folder, path));
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Each call of a walk has a deadline of its own. */
    private FolderWalker.Calls calls(Path folder) {
        return new FolderWalker.Calls() {
            @Override
            public <T> T call(Path path, FolderOperation<T> operation) throws IOException {
                return access.call(folder, path, operation);
            }

            @Override
            public Set<Path> findSilent() {
                return access.findSilentPaths(folder);
            }
        };
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
        Path folder = folder(source);
        Path file = path.isEmpty() ? folder : FolderPath.resolve(folder, path);
        FileItemReader reader = findReader();
        try {
            return access.call(folder, file, progress -> reader.read(path, file));
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    /** One that is new enough to know the mounts, since they are many on some hosts and each file of a scan is asked for. */
    private FileItemReader findReader() {
        RecentReader recent = reader;
        long now = System.nanoTime();
        if (recent == null || now - recent.madeAt() > READER_NANOS) {
            recent = new RecentReader(new FileItemReader(MountTable.read()), now);
            reader = recent;
        }
        return recent.reader();
    }

    @Override
    public InputStream open(Source source, String path) throws IOException {
        Path folder = folder(source);
        return access.open(folder, FolderPath.resolve(folder, path), progress -> open(folder, path));
    }

    /** On a thread of the folder. */
    private static InputStream open(Path folder, String path) throws IOException {
        Path root = folder.toRealPath();
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
    public SourceWatcher watch(Source source) {
        return watchers.create(folder(source));
    }

    private static Path folder(Source source) {
        return FolderPath.parse(source.location());
    }
}
