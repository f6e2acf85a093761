package dev.lectern.ingestion.pipeline;

import java.time.InstantSource;

/** Gives tests of other packages a monitor. */
public final class TestLoopMonitor {
    private TestLoopMonitor() {}

    public static LoopMonitor create() {
        return new LoopMonitor(InstantSource.system());
    }
}
