package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.BatchedCalls.Answer;
import dev.lectern.ingestion.sources.FolderOperation.Progress;
import dev.lectern.ingestion.sources.FolderReader.Target;
import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.FolderPath;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DataFolderFinder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the files below a folder, also those of file systems that are mounted in it. Links to files are followed when they stay within the folder. What is
 * left out is told as a finding; only an error of the folder itself makes a walk fail. No file is opened, and of what a rule leaves out whatever it is, the
 * file system is not asked at all.
 */
final class FolderWalker {
    private final Path root;
    private final Path realRoot;
    private final IgnoreRules rules;
    private final OwnData own;
    private final int maxFiles;
    private final Calls calls;
    private final BatchedCalls batches;
    private final FileItemReader reader = new FileItemReader(MountTable.read());
    private final Set<Path> silent;
    private final Deque<Path> pending = new ArrayDeque<>();
    private final List<Item> items = new ArrayList<>();
    private final List<SourceFinding> findings = new ArrayList<>();
    private final Set<String> folders = new HashSet<>();

    /** How a walk calls the file system. */
    interface Calls {
        /** On the calling thread, for as long as it takes. */
        Calls DIRECT = new Calls() {
            @Override
            public <T> T call(Path path, FolderOperation<T> operation) throws IOException {
                return operation.run(next -> {});
            }
        };

        /** What did not answer before and still does not: it is not asked again. */
        default Set<Path> findSilent() {
            return Set.of();
        }

        /**
         * @param path what the first call of the operation is about
         * @throws NotRespondingException when something did not answer within its deadline, but the rest of the folder does
         */
        <T> T call(Path path, FolderOperation<T> operation) throws IOException;
    }

    /**
     * What was found.
     *
     * @param items by path
     * @param findings by path
     * @param folders that were listed completely and hold something, the folder itself with the empty path
     */
    record Result(List<Item> items, List<SourceFinding> findings, Set<String> folders) {

        /** The uppermost folder above a path that was not listed or holds nothing, or the path itself when there is none. */
        String findUnlisted(String path) {
            if (!folders.contains("")) {
                return "";
            }
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                String folder = path.substring(0, slash);
                if (!folders.contains(folder)) {
                    return folder;
                }
            }
            return path;
        }
    }

    private FolderWalker(Path root, Path realRoot, IgnoreRules rules, OwnData own, int maxFiles, Calls calls) {
        this.root = root;
        this.realRoot = realRoot;
        this.rules = rules;
        this.own = own;
        this.maxFiles = maxFiles;
        this.calls = calls;
        this.batches = new BatchedCalls(calls);
        this.silent = calls.findSilent();
    }

    /**
     * @param rules of the settings; those of each folder are read when it is entered
     * @param own what is skipped wherever it is
     * @param maxFiles more are TOO_LARGE
     * @throws IOException when the folder itself cannot be read
     */
    static Result walk(Path folder, IgnoreRules rules, OwnData own, int maxFiles, Calls calls) throws IOException {
        Path real = calls.call(folder, progress -> folder.toRealPath());
        FolderWalker walk = new FolderWalker(folder, real, rules, own, maxFiles, calls);
        walk.run();
        walk.findings.addAll(rules.findings());
        // Which of several equal files is a document's first location must not depend on the file system.
        walk.items.sort(Comparator.comparing(Item::path));
        walk.findings.sort(Comparator.comparing(SourceFinding::path));
        return new Result(walk.items, walk.findings, walk.folders);
    }

    private void run() throws IOException {
        for (Path folder = root; folder != null; folder = pending.poll()) {
            try {
                list(folder);
            } catch (IOException e) {
                if (folder.equals(root)) {
                    throw e;
                }
                handleFailure(folder, true, e);
            }
        }
    }

    private void list(Path folder) throws IOException {
        FolderReader.Names names = calls.call(folder, progress -> FolderReader.list(folder, progress));
        if (names.failure() != null) {
            if (folder.equals(root)) {
                throw names.failure();
            }
            handleFailure(folder, true, names.failure());
        }
        if (!folder.equals(root) && isDataFolder(folder, names.files())) {
            findings.add(FolderFindings.ownData(path(folder)));
            return;
        }
        rules.readFolder(folder.equals(root) ? "" : path(folder), folder, calls);
        List<Path> asked = new ArrayList<>();
        for (Path file : names.files()) {
            if (isLeftOutAnyway(file)) {
                continue;
            }
            if (silent.contains(file)) {
                findings.add(FolderFindings.silent(path(file)));
            } else {
                asked.add(file);
            }
        }
        List<Path> files = new ArrayList<>();
        List<Path> links = new ArrayList<>();
        List<Answer<BasicFileAttributes>> answers =
                batches.ask(asked, (file, progress) -> FolderReader.attributes(file));
        if (!answers.isEmpty() && answers.stream().allMatch(one -> one.failure() instanceof AccessDeniedException)) {
            // The names may be read, but nothing may be reached by them.
            throw new AccessDeniedException(path(folder));
        }
        if (names.failure() == null && !names.files().isEmpty()) {
            folders.add(path(folder));
        }
        for (Answer<BasicFileAttributes> answer : answers) {
            if (answer.value() == null) {
                handleFailure(answer.file(), false, answer.failure());
            } else if (answer.value().isDirectory()) {
                enter(answer.file(), answer.value());
            } else if (!rules.leaveOut(path(answer.file()), false)) {
                sort(answer.file(), answer.value(), files, links);
            }
        }
        addFiles(files);
        followLinks(links);
    }

    /** Whether a rule leaves it out, be it a file or a folder. */
    private boolean isLeftOutAnyway(Path file) {
        String path = path(file);
        return rules.isIgnored(path, true) && rules.leaveOut(path, false);
    }

    private void enter(Path folder, BasicFileAttributes attributes) {
        if (own.isKnownFolder(folder, attributes)) {
            findings.add(FolderFindings.ownData(path(folder)));
        } else if (!rules.leaveOut(path(folder), true)) {
            pending.add(folder);
        }
    }

    /** Whether it belongs to another Lectern, or is the data folder of this one in a file system that has no identities. */
    private boolean isDataFolder(Path folder, List<Path> files) throws IOException {
        return DataFolderFinder.isDataFolder(files)
                && calls.call(folder, progress -> DataFolderFinder.isDataFolder(folder));
    }

    private void sort(Path file, BasicFileAttributes attributes, List<Path> files, List<Path> links) {
        if (own.isOwnFile(file, attributes)) {
            findings.add(FolderFindings.ownData(path(file)));
        } else if (attributes.isSymbolicLink()) {
            links.add(file);
        } else if (attributes.isRegularFile()) {
            files.add(file);
        } else {
            findings.add(FolderFindings.specialFile(path(file)));
        }
    }

    private void addFiles(List<Path> files) {
        for (Answer<Item> answer : batches.ask(files, (file, progress) -> readItem(path(file), file, progress))) {
            addItem(answer.file(), answer);
        }
    }

    private Item readItem(String path, Path file, Progress progress) throws IOException {
        Item item = reader.read(path, file, LinkOption.NOFOLLOW_LINKS);
        progress.step(file);
        if (!Files.isReadable(file)) {
            // What was deleted in between has no permissions: then this throws.
            FolderReader.attributes(file);
            throw new AccessDeniedException(path);
        }
        return item;
    }

    private void followLinks(List<Path> links) {
        for (Answer<Target> answer : batches.ask(links, FolderReader::resolve)) {
            if (answer.value() == null) {
                handleFailure(answer.file(), false, answer.failure());
            } else {
                follow(answer.file(), path(answer.file()), answer.value());
            }
        }
    }

    private void follow(Path link, String path, Target target) {
        switch (target) {
            case Target.Loop() -> findings.add(FolderFindings.linkLoop(path));
            case Target.Missing(Path place) -> findings.add(FolderFindings.danglingLink(path, isInside(place)));
            case Target.Unknown(Path place, IOException failure) -> {
                if (isInside(place)) {
                    handleFailure(link, false, failure);
                } else {
                    findings.add(FolderFindings.outsideLink(path));
                }
            }
            case Target.Found(Path file, BasicFileAttributes attributes) -> {
                if (attributes.isDirectory()) {
                    findings.add(FolderFindings.folderLink(path));
                } else if (!file.startsWith(realRoot)) {
                    findings.add(FolderFindings.outsideLink(path));
                } else if (isOwn(file, attributes)) {
                    findings.add(FolderFindings.ownData(path));
                } else if (!attributes.isRegularFile()) {
                    findings.add(FolderFindings.specialFile(path));
                } else {
                    Answer<Item> answer = batches.askAlone(file, (real, progress) -> readItem(path, real, progress));
                    addItem(link, answer);
                }
            }
        }
    }

    private boolean isOwn(Path file, BasicFileAttributes attributes) {
        return own.isOwnFile(file, attributes)
                || Boolean.TRUE.equals(
                        batches.askAlone(file, (target, progress) -> own.isWithinOwnFolder(target, realRoot))
                                .value());
    }

    private boolean isInside(Path place) {
        return place.startsWith(root) || place.startsWith(realRoot);
    }

    private void addItem(Path file, Answer<Item> answer) {
        if (answer.value() == null) {
            handleFailure(file, false, answer.failure());
            return;
        }
        if (items.size() >= maxFiles) {
            throw LecternException.forOperator(
                    ErrorCode.TOO_LARGE,
                    "The folder has more than " + maxFiles + " files.",
                    "Leave some out with a .lecternignore file, or raise LECTERN_INGESTION_MAX_FOLDER_FILES.",
                    null);
        }
        items.add(answer.value());
    }

    /** A file or folder that was deleted since its folder was listed is as if it had never been; an automatic mount that fails looks alike, but stays in its folder. */
    private void handleFailure(Path file, boolean folder, @Nullable IOException failure) {
        IOException known = failure == null ? new IOException("unknown") : failure;
        boolean deleted = known instanceof NoSuchFileException
                && batches.askAlone(file, (one, progress) -> FolderReader.attributes(one))
                                .failure()
                        instanceof NoSuchFileException;
        if (!deleted) {
            findings.add(FolderFindings.unreadable(path(file), file, folder, known));
        }
    }

    private String path(Path file) {
        return FolderPath.relativize(root, file);
    }
}
