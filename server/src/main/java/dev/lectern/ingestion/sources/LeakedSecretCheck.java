package dev.lectern.ingestion.sources;

import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.DocumentRemover;
import dev.lectern.library.update.StoredContentFinder;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.SecretReplacer;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.FolderPath;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Sha256;
import dev.lectern.storage.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Replaces the secrets of the data folder that an earlier version read as documents, since whoever could search could read them: the operator's key, and with the
 * database the key that signs cookies. Deletes these documents. Runs at each start, before the server answers.
 */
@Component
@Lazy(false)
public class LeakedSecretCheck implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LeakedSecretCheck.class);
    private static final String KEY = "key";
    private static final List<String> DATABASE = List.of("lectern.db", "lectern.db-wal", "lectern.db-journal");

    private final DataFolder data;
    private final SourceRepository sources;
    private final StoredContentFinder contents;
    private final ObjectProvider<DocumentRemover> remover;
    private final ObjectProvider<DocumentRegistrar> registrar;
    private final ObjectProvider<SecretReplacer> secrets;
    private final CollectionAccess access;
    private volatile @Nullable String notice;
    private volatile boolean running;

    LeakedSecretCheck(
            DataFolder data,
            SourceRepository sources,
            StoredContentFinder contents,
            ObjectProvider<DocumentRemover> remover,
            ObjectProvider<DocumentRegistrar> registrar,
            ObjectProvider<SecretReplacer> secrets,
            CollectionAccess access) {
        this.data = data;
        this.sources = sources;
        this.contents = contents;
        this.remover = remover;
        this.registrar = registrar;
        this.secrets = secrets;
        this.access = access;
    }

    /** What was replaced at this start, and what to do, for operators; null when nothing was. */
    public @Nullable String notice() {
        return notice;
    }

    @Override
    public void start() {
        running = true;
        Map<Source, List<String>> places = new HashMap<>();
        sources.list(null).forEach(source -> places.put(source, findReadPaths(source)));
        places.values().removeIf(List::isEmpty);
        Set<String> read = new HashSet<>();
        places.values().forEach(paths -> paths.forEach(path -> read.add(path.substring(path.lastIndexOf('/') + 1))));
        List<DocumentId> documents = findKeyDocuments();
        boolean key = read.contains(KEY) || !documents.isEmpty();
        boolean database = DATABASE.stream().anyMatch(read::contains);
        List<String> told = new ArrayList<>();
        if (key) {
            secrets.getObject().replaceOperatorKey();
            told.add("An earlier version read the file `key` of the data folder as a document, so that a search could"
                    + " find the operator's key. It was replaced. Commands use the new key by themselves; give it"
                    + " to programs that have the former one.");
        }
        if (database) {
            secrets.getObject().replaceSigningKey();
            told.add("An earlier version stored the database of the data folder as a document, so that it could be"
                    + " downloaded with all conversations. The key that signs cookies was replaced: every visitor is a"
                    + " new one from now on.");
        }
        documents.forEach(this::delete);
        places.forEach(this::remove);
        if (!told.isEmpty()) {
            notice = String.join(" ", told);
            log.warn(notice);
        }
    }

    /** Documents with the bytes of the key, wherever they came from. */
    private List<DocumentId> findKeyDocuments() {
        Path file = data.root().resolve(KEY);
        try {
            return Files.exists(file) ? contents.findDocuments(Sha256.hex(file)) : List.of();
        } catch (IOException e) {
            throw LecternException.forOperator(
                    ErrorCode.INTERNAL, "The file " + file + " cannot be read.", "Grant this user read permission.", e);
        }
    }

    /** The secret files of the data folder that were read as files of a source, by their paths in it. */
    private List<String> findReadPaths(Source source) {
        return source.kind().equals(FolderConnector.KIND)
                ? findPath(source)
                        .map(path -> contents.findReadPaths(source.id(), secretFiles(path)))
                        .orElse(List.of())
                : List.of();
    }

    private static List<String> secretFiles(String folder) {
        List<String> files = new ArrayList<>(List.of(KEY));
        files.addAll(DATABASE);
        return files.stream()
                .map(file -> folder.isEmpty() ? file : folder + "/" + file)
                .toList();
    }

    /** The path of the data folder within a source; empty when it is not in it. */
    private Optional<String> findPath(Source source) {
        try {
            Path folder = FolderPath.parse(source.location());
            Path real = data.root().toRealPath();
            return real.startsWith(folder) ? Optional.of(FolderPath.relativize(folder, real)) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            log.debug("It is not known whether the data folder is in {}", source.location(), e);
            return Optional.empty();
        }
    }

    private void delete(DocumentId document) {
        remover.getObject()
                .deleteDocument(
                        SystemTask.SOURCE_SCAN,
                        document,
                        () -> new LecternException(ErrorCode.NOT_FOUND, "There is no document " + document + "."));
    }

    private void remove(Source source, List<String> paths) {
        registrar
                .getObject()
                .removeLocations(
                        access.writable(
                                SystemTask.SOURCE_SCAN,
                                source.collection(),
                                () -> new LecternException(
                                        ErrorCode.NOT_FOUND, "There is no collection " + source.collection() + ".")),
                        source.id(),
                        paths);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the server that answers requests. */
    @Override
    public int getPhase() {
        return 0;
    }
}
