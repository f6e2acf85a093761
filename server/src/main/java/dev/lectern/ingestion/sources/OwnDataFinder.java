package dev.lectern.ingestion.sources;

import dev.lectern.storage.DataFolder;
import dev.lectern.storage.DataFolderFinder;
import dev.lectern.storage.OwnFolders;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Knows what is Lectern's own and no source may read: the data folder and the other {@link OwnFolders} of this process under any path, link or mount, the data
 * folder of any other Lectern, and what this process writes its output to. Thread-safe.
 */
@Component
class OwnDataFinder {
    private static final Logger log = LoggerFactory.getLogger(OwnDataFinder.class);
    private static final List<Path> OUTPUTS = List.of(Path.of("/proc/self/fd/1"), Path.of("/proc/self/fd/2"));

    private final DataFolder data;
    private final List<OwnFolders> others;

    OwnDataFinder(DataFolder data, ObjectProvider<OwnFolders> others) {
        this.data = data;
        this.others = others.stream().toList();
    }

    /**
     * Why a folder cannot be a source: it is Lectern's own, or lies in what is; empty when it can be one. A folder that holds a data folder can: that one is
     * skipped.
     *
     * @return a sentence for operators that says what to do
     * @throws IOException when the real path of the folder cannot be found out
     */
    Optional<String> findObjection(Path folder) throws IOException {
        Optional<String> objection = DataFolderFinder.findObjection(folder, data.root());
        if (objection.isPresent()) {
            return objection;
        }
        OwnData own = findParts();
        for (Path above = folder.toRealPath(); above != null; above = above.getParent()) {
            if (own.isKnown(above)) {
                return Optional.of("The folder " + folder + " holds Lectern's own files, which are no documents."
                        + " Use another folder as the source.");
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a path of a source that {@link #findObjection} refuses is a file of Lectern's own. In a data folder, and around originals that are kept
     * elsewhere, there may be others, which somebody put there.
     */
    boolean isOwnFile(Path source, String path) {
        try {
            boolean dataFolder = Files.isSameFile(source, data.root()) || DataFolderFinder.isDataFolder(source);
            return dataFolder
                    ? DataFolderFinder.isOwnName(path.split("/", 2)[0])
                    // A data folder may not be recognised any more, such as when its files cannot be read.
                    : DataFolderFinder.findObjection(source, data.root()).isPresent();
        } catch (IOException unknown) {
            return false;
        }
    }

    /** What is Lectern's own at the moment. Cheap; to be called for each walk, since files such as those of the database are replaced. */
    OwnData find() {
        return collect(true);
    }

    /** As {@link #find} without the data folder itself, in which others may have folders of their own. */
    private OwnData findParts() {
        return collect(false);
    }

    private OwnData collect(boolean withDataFolder) {
        Set<Object> keys = new HashSet<>();
        Set<Path> paths = new HashSet<>();
        if (withDataFolder) {
            add(data.root(), keys, paths);
        }
        addContent(data.root(), keys, paths);
        others.forEach(other -> other.list().forEach(folder -> add(folder, keys, paths)));
        OUTPUTS.stream().filter(Files::isRegularFile).forEach(file -> add(file, keys, paths));
        return new OwnData(Set.copyOf(keys), Set.copyOf(paths));
    }

    /** Also what is directly in the data folder: a hard link or a mount may lead to one of these without the folder itself. */
    private static void addContent(Path folder, Set<Object> keys, Set<Path> paths) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> {
                if (DataFolderFinder.isOwnName(entry.getFileName().toString())) {
                    add(entry, keys, paths);
                }
            });
        } catch (IOException | DirectoryIteratorException e) {
            log.debug("The content of {} cannot be listed", folder, e);
        }
    }

    private static void add(Path path, Set<Object> keys, Set<Path> paths) {
        try {
            Path real = path.toRealPath();
            paths.add(real);
            Object key = Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
            if (key != null) {
                keys.add(key);
            }
        } catch (IOException missing) {
            paths.add(path.toAbsolutePath().normalize());
        }
    }
}
