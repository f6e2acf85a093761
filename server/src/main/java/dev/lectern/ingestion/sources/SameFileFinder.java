package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.library.FileIdentity;
import dev.lectern.library.update.LocationKey;
import dev.lectern.library.update.LocationRepository;
import dev.lectern.library.update.LocationRepository.Place;
import dev.lectern.library.update.RecordedLocation;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the locations that are one file: hard links, links within a source, and sources that overlap. */
@Component
class SameFileFinder {
    private final LocationRepository locations;
    private final SourceRepository sources;
    private final SourceConnectorRegistry connectors;

    SameFileFinder(LocationRepository locations, SourceRepository sources, SourceConnectorRegistry connectors) {
        this.locations = locations;
        this.sources = sources;
        this.connectors = connectors;
    }

    /**
     * The other locations of an item's document that are the same file as the item now, or were the same file as it and do not have its former bytes any more.
     * All sources are asked.
     *
     * @param before what was recorded of the item
     */
    Set<LocationKey> find(Source source, Item item, RecordedLocation before) {
        Set<LocationKey> same = new HashSet<>();
        if (before.document() == null || item.identity() == null) {
            return same;
        }
        LocationKey own = new LocationKey(source.id(), item.path());
        for (Place place : locations.findPlaces(before.document())) {
            if (!place.key().equals(own) && isSame(place, item.identity(), before.identity())) {
                same.add(place.key());
            }
        }
        return same;
    }

    private boolean isSame(Place place, FileIdentity now, @Nullable FileIdentity then) {
        // A name of a file that was edited in place cannot have the former bytes, even if it is another file's by now.
        if (place.identity() != null && place.identity().equals(then) && now.equals(then)) {
            return true;
        }
        Optional<Source> source = sources.find(place.key().source());
        if (source.isEmpty()) {
            return false;
        }
        try {
            Item there =
                    connectors.find(source.get()).stat(source.get(), place.key().path());
            return there == null
                    ? place.identity() != null
                            && (place.identity().equals(then)
                                    || place.identity().equals(now))
                    : now.equals(there.identity());
        } catch (IOException | FolderNotRespondingException unknown) {
            return false;
        }
    }
}
