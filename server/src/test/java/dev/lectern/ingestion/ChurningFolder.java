package dev.lectern.ingestion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A folder that people and programs work in, and what has to be known of it afterwards: which file is where, and what is in it. Knows nothing of how Lectern
 * follows it.
 */
final class ChurningFolder {
    private static final int FOLDERS = 12;
    /** A longer text would become several passages. */
    private static final int MAX_TEXT = 200;

    private final Path root;
    private final Random random;
    private final List<TrackedFile> files = new ArrayList<>();
    /** Targets of symbolic links, by path. */
    private final Map<String, String> links = new TreeMap<>();

    private final List<String> folders = new ArrayList<>();
    private int count;

    /** One file, whatever it is called. */
    static final class TrackedFile {
        final Set<String> names = new TreeSet<>();
        final List<String> history = new ArrayList<>();
        String text = "";
        /** Since the last rest: whether a new file was put in its place, whether it was renamed, whether one of its names is another file now. */
        private boolean replaced;

        private boolean renamed;
        private boolean split;

        /** Whether nobody could say that it is the same file, who did not watch each step. */
        boolean isUntraceable() {
            return replaced && (renamed || split);
        }

        @Override
        public String toString() {
            return names + " " + history;
        }
    }

    ChurningFolder(Path root, long seed) throws IOException {
        this.root = root;
        this.random = new Random(seed);
        for (int i = 0; i < FOLDERS; i++) {
            folders.add(i % 3 == 0 ? "d" + i : "d" + (i - i % 3) + "/d" + i);
            Files.createDirectories(root.resolve(folders.getLast()));
        }
    }

    void create(int number) throws IOException {
        for (int i = 0; i < number; i++) {
            create();
        }
    }

    /** What is done from now on is told apart from what was done before. */
    void rest() {
        files.forEach(file -> {
            file.replaced = false;
            file.renamed = false;
            file.split = false;
            file.history.clear();
        });
    }

    List<TrackedFile> files() {
        return files;
    }

    /** Where each file is found: its names, and the links to them. */
    Map<TrackedFile, Set<String>> places() {
        Map<TrackedFile, Set<String>> places = new HashMap<>();
        files.forEach(file -> places.put(file, new TreeSet<>(file.names)));
        links.forEach((link, target) -> find(target)
                .ifPresent(file -> Objects.requireNonNull(places.get(file)).add(link)));
        return places;
    }

    /** Links that lead nowhere. */
    Set<String> danglingLinks() {
        return links.entrySet().stream()
                .filter(link -> find(link.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<TrackedFile> find(String name) {
        return files.stream().filter(file -> file.names.contains(name)).findFirst();
    }

    /** Does one thing of chance. */
    void change() throws IOException {
        switch (random.nextInt(20)) {
            case 0, 1 -> create();
            case 2, 3, 4, 5 -> edit(pick());
            case 6, 7, 8 -> replace(pick());
            case 9, 10, 11 -> rename(pick(), freeName());
            case 12 -> overwrite(pick(), pick());
            case 13 -> delete(pick());
            case 14 -> deleteLink();
            case 15 -> chmod(pick());
            case 16 -> hardLink(pick());
            case 17 -> symbolicLink(pick());
            case 18 -> swap(pick(), pick());
            default -> moveFolder();
        }
    }

    private TrackedFile pick() {
        return files.get(random.nextInt(files.size()));
    }

    private String pickName(TrackedFile file) {
        return List.copyOf(file.names).get(random.nextInt(file.names.size()));
    }

    private String freeName() {
        return folders.get(random.nextInt(folders.size())) + "/f" + count++ + ".txt";
    }

    private String newText() {
        return "Text " + count++ + " of the folder, unique in all its files.";
    }

    private Path path(String name) {
        return root.resolve(name);
    }

    private void create() throws IOException {
        TrackedFile file = new TrackedFile();
        file.text = newText();
        String name = freeName();
        Files.writeString(path(name), file.text);
        file.names.add(name);
        file.history.add("create " + name);
        files.add(file);
    }

    private void edit(TrackedFile file) throws IOException {
        Path path = path(pickName(file));
        FileTime before = Files.getLastModifiedTime(path);
        String text = newText();
        switch (file.text.length() > MAX_TEXT ? 0 : random.nextInt(3)) {
            case 0 -> Files.writeString(path, text);
            case 1 -> {
                // Same size, same time.
                Files.writeString(path, text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
                Files.setLastModifiedTime(path, before);
            }
            default -> {
                text = file.text + " And " + text;
                Files.writeString(path, " And " + text.substring(file.text.length() + 5), StandardOpenOption.APPEND);
            }
        }
        file.text = text;
        file.history.add("edit " + root.relativize(path));
    }

    /** As an editor does that writes a new file and puts it in the place of the old one. */
    private void replace(TrackedFile file) throws IOException {
        String name = pickName(file);
        String text = newText();
        Path temporary = path(name).resolveSibling(".save" + count++);
        Files.writeString(temporary, text);
        Files.move(temporary, path(name), StandardCopyOption.ATOMIC_MOVE);
        if (file.names.size() == 1) {
            file.text = text;
            file.replaced = true;
            file.history.add("replace " + name);
            return;
        }
        file.names.remove(name);
        file.split = true;
        file.history.add("split " + name);
        TrackedFile other = new TrackedFile();
        other.names.add(name);
        other.text = text;
        other.replaced = true;
        other.split = true;
        other.history.add("split off " + name);
        files.add(other);
    }

    private void rename(TrackedFile file, String to) throws IOException {
        String name = pickName(file);
        Files.move(path(name), path(to));
        file.names.remove(name);
        file.names.add(to);
        file.renamed = true;
        file.history.add("rename " + name + " to " + to);
    }

    private void overwrite(TrackedFile file, TrackedFile other) throws IOException {
        if (file == other) {
            return;
        }
        String name = pickName(file);
        String to = pickName(other);
        Files.move(path(name), path(to), StandardCopyOption.REPLACE_EXISTING);
        file.names.remove(name);
        file.names.add(to);
        file.renamed = true;
        file.history.add("rename " + name + " over " + to);
        other.split = true;
        removeName(other, to);
    }

    private void removeName(TrackedFile file, String name) {
        file.names.remove(name);
        file.history.add("lose " + name);
        if (file.names.isEmpty()) {
            files.remove(file);
        }
    }

    private void delete(TrackedFile file) throws IOException {
        if (files.size() > 1) {
            String name = pickName(file);
            Files.delete(path(name));
            removeName(file, name);
        }
    }

    private void deleteLink() throws IOException {
        if (!links.isEmpty()) {
            String link = List.copyOf(links.keySet()).get(random.nextInt(links.size()));
            Files.delete(path(link));
            links.remove(link);
        }
    }

    private void chmod(TrackedFile file) throws IOException {
        String name = pickName(file);
        Files.setPosixFilePermissions(
                path(name), PosixFilePermissions.fromString(random.nextBoolean() ? "rw-r--r--" : "rw-------"));
        file.history.add("chmod " + name);
    }

    private void hardLink(TrackedFile file) throws IOException {
        String name = freeName();
        Files.createLink(path(name), path(pickName(file)));
        file.names.add(name);
        file.history.add("link " + name);
    }

    private void symbolicLink(TrackedFile file) throws IOException {
        String name = freeName();
        String target = pickName(file);
        Files.createSymbolicLink(
                path(name), Objects.requireNonNull(path(name).getParent()).relativize(path(target)));
        links.put(name, target);
    }

    private void swap(TrackedFile one, TrackedFile other) throws IOException {
        if (one == other) {
            return;
        }
        String name = pickName(one);
        String otherName = pickName(other);
        Path between = path(name).resolveSibling(".swap" + count++);
        Files.move(path(name), between);
        Files.move(path(otherName), path(name));
        Files.move(between, path(otherName));
        one.names.remove(name);
        other.names.remove(otherName);
        one.names.add(otherName);
        other.names.add(name);
        for (TrackedFile file : List.of(one, other)) {
            file.renamed = true;
            file.history.add("swap " + name + " and " + otherName);
        }
    }

    private void moveFolder() throws IOException {
        int number = random.nextInt(folders.size());
        String from = folders.get(number);
        if (folders.stream().anyMatch(folder -> folder.startsWith(from + "/"))) {
            return;
        }
        String to = "m" + count++;
        Files.move(path(from), path(to));
        folders.set(number, to);
        for (TrackedFile file : files) {
            Set<String> moved =
                    file.names.stream().map(name -> move(name, from, to)).collect(Collectors.toSet());
            if (!moved.equals(file.names)) {
                file.names.clear();
                file.names.addAll(moved);
                file.renamed = true;
                file.history.add("move folder " + from + " to " + to);
            }
        }
        moveLinks(from, to);
    }

    /** A link is relative, so what it leads to depends on its own folder. */
    private void moveLinks(String from, String to) throws IOException {
        Map<String, String> moved = new TreeMap<>();
        for (String link : links.keySet()) {
            String name = move(link, from, to);
            Path target = Objects.requireNonNull(path(name).getParent()).resolve(Files.readSymbolicLink(path(name)));
            moved.put(name, root.relativize(target.normalize()).toString());
        }
        links.clear();
        links.putAll(moved);
    }

    private static String move(String name, String from, String to) {
        return name.startsWith(from + "/") ? to + name.substring(from.length()) : name;
    }
}
