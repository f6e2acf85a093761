package dev.lectern.cli.doctor;

import dev.lectern.storage.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks that the data folder is writable, has free space, and that only its owner can read what is in it. */
record DataFolderCheck(Path folder) implements DiagnosticCheck {
    private static final long LOW_SPACE_BYTES = 2L << 30;
    private static final long MIN_SPACE_BYTES = 200L << 20;

    @Override
    public List<Finding> run() {
        Path existing = folder;
        while (Files.notExists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return List.of(Finding.failed("The data folder " + folder
                    + " is not writable. Grant this user write permission, or set LECTERN_DATA to another folder."));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.passed(
                "The data folder " + folder + (Files.exists(folder) ? " is writable." : " can be created.")));
        try {
            findings.add(room(Files.getFileStore(existing).getUsableSpace()));
            if (Files.isDirectory(folder)) {
                findings.add(permissions());
            }
        } catch (IOException e) {
            findings.add(Finding.failed("The data folder " + folder + " cannot be read. Check its permissions."));
        }
        return findings;
    }

    private static Finding room(long free) {
        String figure = (free >> 20) + " MB";
        if (free < MIN_SPACE_BYTES) {
            return Finding.failed("Only " + figure + " are free on the disk of the data folder. Free some space.");
        }
        return free < LOW_SPACE_BYTES
                ? Finding.warning(figure
                        + " are free on the disk of the data folder. This may not be enough for documents;"
                        + " free some space.")
                : Finding.passed(figure + " are free on the disk of the data folder.");
    }

    private Finding permissions() throws IOException {
        if (!OwnerOnlyFiles.isSupported(folder)) {
            return Finding.passed(
                    "The file system of the data folder has no permissions of users. Protect the folder by other"
                            + " means.");
        }
        for (Path path : List.of(
                folder.resolve("key"),
                folder,
                folder.resolve("lectern.db"),
                folder.resolve("lectern.db-wal"),
                folder.resolve("lectern.db-shm"),
                folder.resolve("index"),
                folder.resolve("originals"))) {
            if (Files.exists(path) && !OwnerOnlyFiles.isRestricted(path)) {
                return Finding.failed(path + " is open to other users of this machine. Run: chmod -R go-rwx " + folder);
            }
        }
        return Finding.passed("Only the owner can read the data folder and the key file in it.");
    }
}
