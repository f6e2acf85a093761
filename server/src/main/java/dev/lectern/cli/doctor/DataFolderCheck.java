package dev.lectern.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the data folder can be written, has room, and keeps its key to its owner. */
record DataFolderCheck(Path folder) implements DiagnosticCheck {
    private static final long LITTLE_ROOM = 2L << 30;
    private static final long NO_ROOM = 200L << 20;

    @Override
    public List<Finding> look() {
        Path existing = folder;
        while (Files.notExists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return List.of(Finding.bad("The data folder " + folder
                    + " cannot be written. Give this user the right to, or choose another with LECTERN_DATA."));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.good(
                "The data folder " + folder + (Files.exists(folder) ? " can be written." : " can be made.")));
        try {
            findings.add(room(Files.getFileStore(existing).getUsableSpace()));
            Path key = folder.resolve("key");
            if (Files.exists(key)) {
                findings.add(key(key));
            }
        } catch (IOException e) {
            findings.add(Finding.bad("The data folder " + folder + " cannot be looked at: check its permissions."));
        }
        return findings;
    }

    private static Finding room(long free) {
        String figure = (free >> 20) + " MB";
        if (free < NO_ROOM) {
            return Finding.bad("Only " + figure + " are free on the disk of the data folder. Make room.");
        }
        return free < LITTLE_ROOM
                ? Finding.warning(figure + " are free on the disk of the data folder; that is little for documents.")
                : Finding.good(figure + " are free on the disk of the data folder.");
    }

    private static Finding key(Path key) throws IOException {
        if (!key.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Finding.good("The key file is there.");
        }
        Set<PosixFilePermission> allowed = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        return allowed.containsAll(Files.getPosixFilePermissions(key))
                ? Finding.good("The key file can be read by its owner alone.")
                : Finding.bad("The key file " + key + " can be read by others. Run: chmod 600 " + key);
    }
}
