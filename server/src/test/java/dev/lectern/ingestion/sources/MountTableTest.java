package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.sources.MountTable.Mount;
import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountTableTest {
    private static final String ROOT = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard\n";

    @Test
    void find_ofPath_takesTheLongestMountThatItIsBelow() {
        MountTable table = parse(ROOT
                + "30 27 0:40 / /srv rw shared:1 master:2 - nfs4 host:/export rw,vers=4.2\n"
                + "31 30 8:1 /data /srv/local rw - xfs /dev/sda1 rw\n");
        assertThat(pointOf(table, "/srv/local/a")).isEqualTo("/srv/local");
        assertThat(pointOf(table, "/srv/locale")).isEqualTo("/srv");
        assertThat(pointOf(table, "/srv")).isEqualTo("/srv");
        assertThat(pointOf(table, "/srvx")).isEqualTo("/");
        assertThat(table.findBelow("/srv")).extracting(Mount::point).containsExactly("/srv/local");
        assertThat(table.findBelow("/")).extracting(Mount::point).containsExactly("/srv", "/srv/local");
        assertThat(table.find("/srv/a").orElseThrow().options()).isEqualTo("rw,rw,vers=4.2");
    }

    @Test
    void find_ofPathBelowAMountThatHidesFormerOnes_findsTheVisibleOne() {
        MountTable table = parse("31 27 8:1 / /srv/inner rw - xfs /dev/sda1 rw\n"
                + ROOT
                + "32 27 8:2 / /srv rw - ext4 /dev/sdb1 rw\n"
                + "33 32 0:44 / /srv rw - tmpfs tmpfs rw\n");
        assertThat(table.find("/srv/inner/a").orElseThrow().type()).isEqualTo("tmpfs");
        assertThat(table.findBelow("/")).extracting(Mount::id).containsExactly(33);
    }

    @Test
    void parse_ofEscapedAndForeignNames_givesThePathAsText() {
        MountTable table = parse(ROOT
                + "40 27 0:50 / /mnt/a\\040b\\134c\\012d rw - tmpfs tmp\\040fs rw\n"
                + "41 27 0:51 / /mnt/caf\u00e9 rw - tmpfs tmpfs rw\n"
                + "42 27 0:52 / /mnt/\u00c3\u009c rw - tmpfs tmpfs rw\n");
        assertThat(table.mounts())
                .extracting(Mount::point)
                .containsExactly("/", "/mnt/a b\\c\nd", "/mnt/caf\\xE9", "/mnt/Ü");
    }

    @Test
    void parse_ofUnknownLines_leavesThemOut() {
        assertThat(parse("\nx\n1 2 3\n1 2 a:b / /x rw - ext4 d rw\n1 2 8 / /x rw - ext4 d rw\n" + ROOT)
                        .mounts())
                .hasSize(1);
        assertThat(parse("").find("/a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ext4, rw, false, true",
        "overlay, rw, false, true",
        "fuseblk, rw, false, true",
        "vfat, rw, false, false",
        "exfat, rw, false, false",
        "nfs, rw, true, true",
        "nfs4, rw, true, true",
        "cifs, 'vers=3.0,serverino', true, true",
        "smb3, 'vers=3.0', true, false",
        "cifs, 'noserverino', true, false",
        "fuse, rw, true, false",
        "fuse.sshfs, rw, true, false",
        "fuse.glusterfs, rw, true, true",
        "9p, rw, true, false",
        "virtiofs, rw, true, true",
    })
    void mount_ofType_saysWhatCanBeReliedUpon(String type, String options, boolean network, boolean stable) {
        Mount mount = parse("1 0 0:5 / / rw - " + type + " source " + options + "\n")
                .find("/a")
                .orElseThrow();
        assertThat(mount.isNetwork()).isEqualTo(network);
        assertThat(mount.hasStableInodes()).isEqualTo(stable);
    }

    @Test
    void device_ofLargeNumbers_isThatOfTheCLibrary() {
        assertThat(parse("1 0 254:0 / / rw - ext4 d rw\n").mounts().getFirst().device())
                .isEqualTo(65024);
        // As makedev(8, 259) and makedev(4660, 74565) say.
        assertThat(parse("1 0 8:259 / / rw - ext4 d rw\n").mounts().getFirst().device())
                .isEqualTo(0x100803L);
        assertThat(parse("1 0 4660:74565 / / rw - ext4 d rw\n")
                        .mounts()
                        .getFirst()
                        .device())
                .isEqualTo(0x100012323445L);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void read_ofThisProcess_knowsTheDeviceOfItsFiles(@TempDir Path folder) throws IOException {
        Mount mount =
                MountTable.read().find(FolderPath.format(folder.toRealPath())).orElseThrow();
        assertThat(mount.type()).isNotEmpty();
        if (!mount.type().equals("btrfs") && !mount.type().equals("overlay")) {
            assertThat(mount.device()).isEqualTo(Files.getAttribute(folder, "unix:dev"));
        }
        assertThat(MountTable.read().find("/proc/self").orElseThrow().type()).isEqualTo("proc");
    }

    private static String pointOf(MountTable table, String path) {
        return table.find(path).orElseThrow().point();
    }

    private static MountTable parse(String mountinfo) {
        return MountTable.parse(mountinfo.getBytes(StandardCharsets.ISO_8859_1));
    }
}
