package dev.lectern.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks that the data folder is writable, has free space, and that only its owner can read the key file. */
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
            Path key = folder.resolve("key");
            if (Files.exists(key)) {
                findings.add(key(key));
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
                ? Finding.warning(
                        figure
                                + " are free on the disk of the data folder. This may not be enough for documents; free some space.")
                : Finding.passed(figure + " are free on the disk of the data folder.");
    }

    private static Finding key(Path key) throws IOException {
        if (!key.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Finding.passed("The key file exists.");
        }
        Set<PosixFilePermission> allowed = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        return allowed.containsAll(Files.getPosixFilePermissions(key))
                ? Finding.passed("Only the owner can read the key file.")
                : Finding.failed("The key file " + key + " is readable by other users. Run: chmod 600 " + key);
    }
}
