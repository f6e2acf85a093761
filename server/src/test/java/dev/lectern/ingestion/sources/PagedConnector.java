package dev.lectern.ingestion.sources;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A site with one item a page, which needs credentials and cannot be watched. */
class PagedConnector implements SourceConnector {
    static final String KIND = "site";
    static final String SECRET = "TEST_SITE_KEY";

    final ConcurrentSkipListMap<String, String> items = new ConcurrentSkipListMap<>();
    final List<String> cursors = new CopyOnWriteArrayList<>();
    volatile Duration interval = Duration.ofHours(1);
    volatile @Nullable String unavailableAfter;

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String describe(Source source) {
        return "The site " + source.location();
    }

    @Override
    public String secretName(Source source) {
        return SECRET;
    }

    @Override
    public Schedule schedule(Source source) {
        return new Schedule(interval, false);
    }

    @Override
    public boolean isReachable(Source source) {
        return true;
    }

    @Override
    public Listing list(Source source, @Nullable String cursor) {
        cursors.add(Objects.requireNonNullElse(cursor, ""));
        if (cursor != null && cursor.equals(unavailableAfter)) {
            return new Listing.Unavailable("Check its address, then scan it again.", false);
        }
        String path = cursor == null ? (items.isEmpty() ? null : items.firstKey()) : items.higherKey(cursor);
        if (path == null) {
            return new Listing.Page(List.of(), List.of(), null);
        }
        Item item = new Item(path, Objects.requireNonNull(items.get(path)).length(), 1, 0, null);
        return new Listing.Page(List.of(item), List.of(), items.higherKey(path) == null ? null : path);
    }

    @Override
    public @Nullable Item stat(Source source, String path) {
        String text = items.get(path);
        return text == null ? null : new Item(path, text.length(), 1, 0, null);
    }

    @Override
    public InputStream open(Source source, String path) {
        return new ByteArrayInputStream(Objects.requireNonNull(items.get(path)).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String uri(Source source, String path) {
        return source.location() + "/" + path;
    }

    @Override
    public SourceWatcher watch(Source source) {
        throw new AssertionError("This source cannot be watched");
    }
}
