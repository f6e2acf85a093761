package dev.lectern.storage.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.observability.spi.HealthCheck.State;
import dev.lectern.storage.DiskSpaceFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiskHealthCheckTest {
    private final DiskSpaceFixture disks = new DiskSpaceFixture();
    private final DiskHealthCheck check = new DiskHealthCheck(disks.open());

    @Test
    void check_enoughSpace_tellsBoth() {
        disks.set(600, 700);
        assertThat(check.check().state()).isEqualTo(State.UP);
        assertThat(check.check().figures()).isEqualTo(Map.of("freeMegabytes", 600L, "freeTemporaryMegabytes", 700L));
    }

    @Test
    void check_lessThanTheWarning_namesTheDisk() {
        disks.set(600, 499);
        assertThat(check.check().state()).isEqualTo(State.WARNING);
        assertThat(check.check().sentence()).contains("499 MB", DiskSpaceFixture.TEMPORARY.toString());
    }

    @Test
    void check_noRoom_isDownButReadyForReading() {
        disks.set(0, 499);
        assertThat(check.check().state()).isEqualTo(State.DOWN);
        assertThat(check.check().sentence()).contains("Only 0 MB", DiskSpaceFixture.DATA.toString(), "507");
        assertThat(check.isRequiredForReadiness()).isFalse();
    }
}
