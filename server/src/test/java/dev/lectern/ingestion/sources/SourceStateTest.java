package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceStateTest {
    @Test
    void state_followsTheLastScanAndTheMissingFiles() {
        assertThat(SourceState.of(null, null, 0)).isEqualTo(SourceState.OK);
        assertThat(SourceState.of(null, null, 3)).isEqualTo(SourceState.NEEDS_CONFIRMATION);
        assertThat(SourceState.of("needs_confirmation", "Half of the files are missing.", 0))
                .isEqualTo(SourceState.NEEDS_CONFIRMATION);
        assertThat(SourceState.of("unreadable", "It cannot be read.", 3)).isEqualTo(SourceState.UNAVAILABLE);
        assertThat(SourceState.of(null, "Of a version without codes.", 0)).isEqualTo(SourceState.UNAVAILABLE);
        assertThat(SourceState.of("not_responding", "It does not answer.", 3)).isEqualTo(SourceState.NOT_RESPONDING);
        assertThat(SourceState.NEEDS_CONFIRMATION.text()).isEqualTo("needs_confirmation");
    }
}
