package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.SourceFinding.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which files and folders of a source are left out, in the syntax and with the meaning of {@code .gitignore}. The first of these that has a rule for a path
 * decides, in each the last rule that matches:
 *
 * <ol>
 *   <li>the files {@code .lecternignore} of the folder and of those above it within the source, the nearest first;
 *   <li>the files {@code .gitignore} likewise, if a setting says so; {@code !} takes back what they leave out themselves, not what the settings do;
 *   <li>the patterns of {@code LECTERN_INGESTION_IGNORE}, then the built-in ones.
 * </ol>
 *
 * <p>What is in a folder that is left out cannot be taken in again. Paths are those within the source, as of {@link SourceConnector.Item#path}; the source
 * itself is the empty path. Problems of files of rules are findings, never failures. Not thread-safe.
 */
final class IgnoreRules {
    static final String FILE = ".lecternignore";
    static final String GIT_FILE = ".gitignore";

    /** What no folder source reads unless a rule takes it in again. */
    static final List<String> BUILT_IN = List.of(
            ".*",
            "node_modules/",
            "lectern-data/",
            "__pycache__/",
            "~$*",
            "*.tmp",
            "*.part",
            "*.crdownload",
            "Thumbs.db",
            "desktop.ini");

    private static final String PLACEHOLDER =
            "It is a placeholder: iCloud keeps the document online only. Download it and scan the source again.";

    /** Findings of left-out files and folders that are listed one by one. */
    private static final int MAX_LISTED = 10_000;

    private final RuleFileReader reader;
    private final RuleFile builtIn;
    private final RuleFile settings;
    private final boolean gitignore;
    private final Map<String, RuleFile> files = new HashMap<>();
    private final Map<String, RuleFile> gitFiles = new HashMap<>();
    private final List<SourceFinding> leftOut = new ArrayList<>();
    private long leftOutBeyond;

    /**
     * @param patterns of the settings, valid
     * @param gitignore whether files named {@code .gitignore} count
     */
    IgnoreRules(RuleFileReader reader, List<String> patterns, boolean gitignore) {
        this.reader = reader;
        this.builtIn = IgnoreSettingRule.parse(BUILT_IN);
        this.settings = IgnoreSettingRule.parse(patterns);
        this.gitignore = gitignore;
    }

    /** Whether a file of this path holds rules, so that a change of it changes what is left out. */
    static boolean isRuleFile(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.equals(FILE) || name.equals(GIT_FILE);
    }

    /**
     * Reads the rules in a folder, again when they were read before. To be called for each folder that is entered, the source itself first, before anything in
     * it is asked about.
     *
     * @param path of the folder within the source
     * @param folder the folder itself
     * @param calls how the file system is asked
     */
    void readFolder(String path, Path folder, FolderWalker.Calls calls) {
        read(files, path, folder.resolve(FILE), calls);
        if (gitignore) {
            read(gitFiles, path, folder.resolve(GIT_FILE), calls);
        }
    }

    private void read(Map<String, RuleFile> target, String path, Path file, FolderWalker.Calls calls) {
        RuleFile rules = reader.read(file, calls);
        if (rules.equals(RuleFile.EMPTY)) {
            target.remove(path);
        } else {
            target.put(path, rules);
        }
    }

    /** Whether a path is left out whose folders above are not. */
    boolean isIgnored(String path, boolean folder) {
        return find(path, folder) != null;
    }

    /** As {@link #isIgnored}; what is left out is added to {@link #findings}. For a walk, which asks about each path once. */
    boolean leaveOut(String path, boolean folder) {
        Match match = find(path, folder);
        if (match == null) {
            return false;
        }
        if (leftOut.size() < MAX_LISTED) {
            leftOut.add(new SourceFinding(path, Kind.RULE, isPlaceholder(path) ? PLACEHOLDER : match.describe()));
        } else {
            leftOutBeyond++;
        }
        return true;
    }

    /** As iCloud names what it keeps online only: {@code .report.docx.icloud}. */
    private static boolean isPlaceholder(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.startsWith(".") && name.endsWith(".icloud");
    }

    /** Whether a rule leaves out a file that may not exist any more, or a folder above it. Reads nothing: it knows the rules of the folders that were entered. */
    boolean isLeftOut(String path) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (isIgnored(path.substring(0, slash), true)) {
                return true;
            }
        }
        return isIgnored(path, false);
    }

    /** What {@link #leaveOut} left out, a bounded number of it one by one, and the problems of files of rules. */
    List<SourceFinding> findings() {
        List<SourceFinding> findings = new ArrayList<>(leftOut);
        if (leftOutBeyond > 0) {
            findings.add(
                    new SourceFinding("", Kind.RULE, leftOutBeyond + " more files and folders are left out by rules."));
        }
        addProblems(files, FILE, findings);
        addProblems(gitFiles, GIT_FILE, findings);
        return findings;
    }

    private static void addProblems(Map<String, RuleFile> files, String name, List<SourceFinding> findings) {
        files.forEach((folder, file) -> file.problems()
                .forEach(problem -> findings.add(new SourceFinding(resolve(folder, name), Kind.RULE_FILE, problem))));
    }

    /** @param place where the rule stands, for operators */
    private record Match(IgnoreRule rule, String place) {
        String describe() {
            return "Left out by the rule " + rule.text() + " (" + place + ").";
        }
    }

    private @Nullable Match find(String path, boolean folder) {
        String bytes = IgnoreRule.bytesOfPath(path);
        Match own = findIn(files, FILE, path, bytes, folder);
        if (own != null) {
            return own.rule().includes() ? null : own;
        }
        Match git = findIn(gitFiles, GIT_FILE, path, bytes, folder);
        if (git != null && !git.rule().includes()) {
            return git;
        }
        IgnoreRule setting = settings.findMatch(bytes, folder);
        if (setting != null) {
            return setting.includes() ? null : new Match(setting, "LECTERN_INGESTION_IGNORE");
        }
        IgnoreRule known = builtIn.findMatch(bytes, folder);
        return known == null ? null : new Match(known, "built in");
    }

    /** The nearest file that has a rule for the path. */
    private static @Nullable Match findIn(
            Map<String, RuleFile> files, String name, String path, String bytes, boolean folder) {
        if (files.isEmpty()) {
            return null;
        }
        String above = path;
        int slash = bytes.length();
        while (slash >= 0) {
            slash = bytes.lastIndexOf('/', slash - 1);
            above = slash < 0 ? "" : above.substring(0, above.lastIndexOf('/'));
            RuleFile file = files.get(above);
            IgnoreRule rule = file == null ? null : file.findMatch(bytes.substring(slash + 1), folder);
            if (rule != null) {
                return new Match(rule, resolve(above, name) + ", line " + rule.line());
            }
        }
        return null;
    }

    private static String resolve(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}
