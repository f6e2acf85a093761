package dev.lectern.answering.kept;

import dev.lectern.answering.FakeLibrary;

/** The package's parts over a library in memory. */
public final class KeptFixtures {
    private KeptFixtures() {}

    public static EventJson eventJson(FakeLibrary library) {
        return new EventJson(new PresentAnswers(library, library, library));
    }
}
