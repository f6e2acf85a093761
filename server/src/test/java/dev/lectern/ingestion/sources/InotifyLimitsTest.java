package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InotifyLimitsTest {
    private final IOException opening =
            new IOException("User limit of inotify instances reached or too many open files");
    private final IOException registration = new IOException("User limit of inotify watches reached");

    @TempDir
    Path proc;

    private InotifyLimits limits;

    @BeforeEach
    void open() throws IOException {
        limits = new InotifyLimits(proc);
        Files.createDirectories(proc.resolve("sys/fs/inotify"));
        Files.createDirectories(proc.resolve("self/fd"));
        Files.writeString(proc.resolve("sys/fs/inotify/max_user_instances"), "128\n");
        Files.writeString(proc.resolve("sys/fs/inotify/max_user_watches"), "8192\n");
        for (int i = 0; i < 20; i++) {
            Files.createFile(proc.resolve("self/fd/" + i));
        }
        setOpenFiles("1024");
    }

    private void setOpenFiles(String limit) throws IOException {
        Files.writeString(proc.resolve("self/limits"), """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             1                    1                    processes
                Max open files            %s                 1048576              files
                """.formatted(limit));
    }

    @Test
    void explainOpening_instancesUsedUp_namesTheLimitWithItsValue() {
        WatchLimitException explained = limits.explainOpening(opening);
        assertThat(explained.isTotal()).isTrue();
        assertThat(explained.sentence())
                .contains("Raise fs.inotify.max_user_instances (now 128)")
                .contains("sysctl fs.inotify.max_user_instances=1024");
    }

    @Test
    void explainOpening_filesUsedUp_namesThatLimitInstead() throws IOException {
        setOpenFiles("24");
        assertThat(limits.explainOpening(opening).sentence())
                .contains("too many files open")
                .contains("ulimit -n")
                .doesNotContain("inotify");
        setOpenFiles("unlimited");
        assertThat(limits.explainOpening(opening).sentence()).contains("fs.inotify.max_user_instances");
    }

    @Test
    void explainOpening_filesOfTheMachineUsedUp_namesThatLimit() {
        assertThat(limits.explainOpening(new IOException("Too many open files in system"))
                        .sentence())
                .contains("fs.file-max");
    }

    @Test
    void explainOpening_anotherCause_refersToTheLog() {
        assertThat(limits.explainOpening(new IOException("Cannot allocate memory"))
                        .sentence())
                .contains("log");
    }

    @Test
    void explainOpening_unknownValue_leavesItOut() {
        assertThat(new InotifyLimits(proc.resolve("nowhere"))
                        .explainOpening(opening)
                        .sentence())
                .contains("Raise fs.inotify.max_user_instances, for example");
    }

    @Test
    void explainRegistration_watchesUsedUp_namesTheLimitWithItsValue() {
        assertThat(limits.explainRegistration(registration))
                .isInstanceOfSatisfying(WatchLimitException.class, explained -> {
                    assertThat(explained.isTotal()).isFalse();
                    assertThat(explained.sentence()).contains("Raise fs.inotify.max_user_watches (now 8192)");
                });
    }

    @Test
    void explainRegistration_anotherCause_isNoLimit() {
        IOException denied = new IOException("Permission denied");
        assertThat(limits.explainRegistration(denied)).isSameAs(denied);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void explainOpening_valueOfTheKernel_isReadWhole() throws IOException {
        Path real = Path.of("/proc");
        String value;
        try (Scanner scanner =
                new Scanner(real.resolve("sys/fs/inotify/max_user_watches"), StandardCharsets.US_ASCII)) {
            value = scanner.next();
        }
        assertThat(new InotifyLimits(real).explainRegistration(registration))
                .hasMessageContaining("(now " + value + ")");
    }
}
