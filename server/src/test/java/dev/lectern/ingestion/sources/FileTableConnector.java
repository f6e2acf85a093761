package dev.lectern.ingestion.sources;

import dev.lectern.library.FileIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file system of which every number and time is chosen, and that can lose files and disks. */
class FileTableConnector implements SourceConnector {
    static final String KIND = "table";

    final ConcurrentSkipListMap<String, FileEntry> files = new ConcurrentSkipListMap<>();
    /** Identities of folders that are there, by path; none for a source without folders. */
    final Map<String, FileIdentity> folders = new ConcurrentHashMap<>();

    /** Paths that cannot be asked for. */
    final Set<String> silent = ConcurrentHashMap.newKeySet();

    final List<SourceFinding> findings = new CopyOnWriteArrayList<>();
    final List<String> opened = new CopyOnWriteArrayList<>();
    /** Run with the path before it is opened. */
    volatile Consumer<String> beforeOpen = path -> {};
    /** Run after each listing. */
    volatile Runnable afterList = () -> {};

    volatile @Nullable Listing instead;

    /** @param changedAt 0 when this file system does not say */
    record FileEntry(
            String text,
            long modifiedAt,
            long changedAt,
            @Nullable FileIdentity identity) {}

    void put(String path, String text, long modifiedAt, @Nullable FileIdentity identity) {
        files.put(path, new FileEntry(text, modifiedAt, identity == null ? 0 : modifiedAt, identity));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String describe(Source source) {
        return "The folder table";
    }

    @Override
    public @Nullable String secretName(Source source) {
        return null;
    }

    @Override
    public Schedule schedule(Source source) {
        return new Schedule(Duration.ofHours(1), false);
    }

    @Override
    public boolean isReachable(Source source) {
        return true;
    }

    @Override
    public Listing list(Source source, @Nullable String cursor) {
        Listing unusual = instead;
        if (unusual != null) {
            return unusual;
        }
        List<Item> items = files.entrySet().stream()
                .map(file -> item(file.getKey(), file.getValue()))
                .toList();
        Listing listing = new Listing.Page(items, List.copyOf(findings), null);
        afterList.run();
        return listing;
    }

    private static Item item(String path, FileEntry file) {
        return new Item(path, file.text().length(), file.modifiedAt(), file.changedAt(), file.identity());
    }

    @Override
    public @Nullable Item stat(Source source, String path) throws IOException {
        if (silent.contains(path)) {
            throw new IOException("It does not answer");
        }
        FileEntry file = files.get(path);
        if (file != null) {
            return item(path, file);
        }
        FileIdentity folder = folders.get(path);
        return folder == null ? null : new Item(path, 0, 1, 1, folder);
    }

    @Override
    public InputStream open(Source source, String path) throws IOException {
        opened.add(path);
        beforeOpen.accept(path);
        FileEntry file = files.get(path);
        if (file == null) {
            throw new NoSuchFileException(path);
        }
        return new ByteArrayInputStream(file.text().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String uri(Source source, String path) {
        return "folder:" + path;
    }

    @Override
    public SourceWatcher watch(Source source) {
        throw new AssertionError("This source cannot be watched");
    }
}
