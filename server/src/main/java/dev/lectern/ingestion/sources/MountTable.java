package dev.lectern.ingestion.sources;

import dev.lectern.shared.FolderPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mounted file systems that this process sees, as Linux lists them. Reading it asks the kernel alone and never a file system, so that it answers also
 * while a network share hangs. Empty on other operating systems: nothing is known there. Immutable.
 */
final class MountTable {
    private static final Logger log = LoggerFactory.getLogger(MountTable.class);
    private static final Path FILE = Path.of("/proc/self/mountinfo");
    private static final int FIELDS_BEFORE_OPTIONAL = 6;

    /** Files of these can be changed by other machines, or by the host of a virtual machine, without an event here. */
    private static final Set<String> NETWORK_TYPES = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "smb",
            "ncpfs",
            "9p",
            "ceph",
            "glusterfs",
            "lustre",
            "afs",
            "coda",
            "gpfs",
            "beegfs",
            "gfs2",
            "ocfs2",
            "orangefs",
            "pvfs2",
            "davfs",
            "virtiofs",
            "vboxsf",
            "vmhgfs",
            "prl_fs",
            "drvfs",
            "osxfs",
            "fakeowner",
            "fuse");

    /** These make up numbers of files as they come by, and another one for the same file after a while. */
    private static final Set<String> UNSTABLE_TYPES = Set.of(
            "vfat",
            "msdos",
            "umsdos",
            "exfat",
            "9p",
            "smbfs",
            "smb",
            "ncpfs",
            "davfs",
            "vboxsf",
            "vmhgfs",
            "prl_fs",
            "drvfs",
            "osxfs",
            "fakeowner",
            "fuse");

    /** The one file system of the kind {@code fuse.*} that is known to have numbers of its own. */
    private static final String STABLE_FUSE = "fuse.glusterfs";

    private static final Set<String> WINDOWS_SHARES = Set.of("cifs", "smb3");

    private final List<Mount> roots = new ArrayList<>();
    private final Map<Integer, List<Mount>> byParent = new HashMap<>();
    private final List<Mount> all;

    /**
     * A mounted file system.
     *
     * @param id of the mount
     * @param parent the mount that it is mounted on
     * @param point absolute path, as of {@link FolderPath}
     * @param type as the kernel names it, such as {@code ext4}, {@code nfs4} or {@code fuse.sshfs}
     * @param device as the attribute {@code unix:dev} of its files (btrfs gives each subvolume another one)
     * @param options of the mount and of the file system, separated by commas
     */
    record Mount(int id, int parent, String point, String type, long device, String options) {

        /** Whether changes by others bring no event, and calls may wait for another machine or program. */
        boolean isNetwork() {
            return NETWORK_TYPES.contains(type) || type.startsWith("fuse.");
        }

        /** Whether a file keeps its number as long as it exists. */
        boolean hasStableInodes() {
            if (WINDOWS_SHARES.contains(type)) {
                return Arrays.asList(options.split(",", -1)).contains("serverino");
            }
            return !UNSTABLE_TYPES.contains(type) && (!type.startsWith("fuse.") || type.equals(STABLE_FUSE));
        }
    }

    private MountTable(List<Mount> mounts) {
        all = List.copyOf(mounts);
        Map<Integer, Mount> byId = new HashMap<>();
        all.forEach(mount -> byId.put(mount.id(), mount));
        for (Mount mount : all) {
            if (mount.parent() == mount.id() || !byId.containsKey(mount.parent())) {
                roots.add(mount);
            } else {
                byParent.computeIfAbsent(mount.parent(), id -> new ArrayList<>())
                        .add(mount);
            }
        }
    }

    /** The mounts at this moment. */
    static MountTable read() {
        if (!Files.exists(FILE)) {
            return new MountTable(List.of());
        }
        try {
            return parse(Files.readAllBytes(FILE));
        } catch (IOException e) {
            log.warn("{} cannot be read, so that it is not known which folders are on network shares", FILE, e);
            return new MountTable(List.of());
        }
    }

    /** @param mountinfo as of {@code /proc/PID/mountinfo}; lines of another form are left out */
    static MountTable parse(byte[] mountinfo) {
        List<Mount> mounts = new ArrayList<>();
        // Every character is one byte here; the paths are decoded one by one.
        for (String line : new String(mountinfo, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            Mount mount = parseLine(line);
            if (mount != null) {
                mounts.add(mount);
            }
        }
        return new MountTable(mounts);
    }

    List<Mount> mounts() {
        return all;
    }

    /**
     * The mount that a path lies on. Links in the path are not resolved: give a real path.
     *
     * @param path absolute, as of {@link FolderPath}
     */
    Optional<Mount> find(String path) {
        Mount found = null;
        for (Mount root : roots) {
            if (contains(root.point(), path)
                    && (found == null || root.point().length() >= found.point().length())) {
                found = root;
            }
        }
        if (found == null) {
            return Optional.empty();
        }
        // From the root downwards: a mount hides those that were made below its point before.
        for (Mount next = step(found, path); next != null; next = step(found, path)) {
            found = next;
        }
        return Optional.of(found);
    }

    /** The mounts below a folder, without that of the folder itself. */
    List<Mount> findBelow(String folder) {
        return all.stream()
                .filter(mount -> !mount.point().equals(folder) && contains(folder, mount.point()))
                .filter(mount -> find(mount.point()).filter(mount::equals).isPresent())
                .toList();
    }

    private @Nullable Mount step(Mount from, String path) {
        return byParent.getOrDefault(from.id(), List.of()).stream()
                .filter(mount -> contains(mount.point(), path))
                .min(Comparator.comparingInt(mount -> mount.point().length()))
                .orElse(null);
    }

    private static boolean contains(String folder, String path) {
        return folder.equals("/") || path.equals(folder) || path.startsWith(folder + "/");
    }

    /** {@code 36 35 98:0 /root /point rw,noatime master:1 - ext3 /dev/root rw,errors=continue}, with any number of fields before the dash. */
    private static @Nullable Mount parseLine(String line) {
        String[] fields = line.split(" ", -1);
        int dash = Arrays.asList(fields).indexOf("-");
        if (dash < FIELDS_BEFORE_OPTIONAL || fields.length < dash + 2) {
            return null;
        }
        try {
            String[] device = fields[2].split(":", 2);
            return new Mount(
                    Integer.parseInt(fields[0]),
                    Integer.parseInt(fields[1]),
                    FolderPath.format(unescapeOctal(fields[4])),
                    fields[dash + 1],
                    deviceNumber(Long.parseLong(device[0]), Long.parseLong(device[1])),
                    fields[5] + (fields.length > dash + 3 ? "," + fields[dash + 3] : ""));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException otherForm) {
            log.debug("A line of {} has an unknown form: {}", FILE, line, otherForm);
            return null;
        }
    }

    /** As the C library combines the numbers of a device for {@code st_dev}. */
    private static long deviceNumber(long major, long minor) {
        return ((major & 0xFFFL) << 8) | ((major & ~0xFFFL) << 32) | (minor & 0xFFL) | ((minor & ~0xFFL) << 12);
    }

    /** Spaces, tabs, line breaks and backslashes are written as {@code \040}. */
    private static byte[] unescapeOctal(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && text.substring(i + 1).matches("(?s)[0-3][0-7]{2}.*")) {
                bytes.write(Integer.parseInt(text, i + 1, i + 4, 8));
                i += 3;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
