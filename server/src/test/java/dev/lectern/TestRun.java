package dev.lectern;

/**
 * The kind of this test run, which {@code ./lectern test} chooses: everything but long tests by default, tests without servers with {@code --fast}, all
 * tests with {@code --long}.
 */
public final class TestRun {
    private static final boolean FAST = Boolean.getBoolean("lectern.test.fast");
    private static final boolean LONG = Boolean.getBoolean("lectern.test.long");

    private TestRun() {}

    /** Whether nothing that needs a server process may run. */
    public static boolean isFast() {
        return FAST;
    }

    /**
     * The number of repetitions of a test whose chance to find something grows with it.
     *
     * @param inLongRuns used with {@code --long}
     */
    public static int repetitions(int usually, int inLongRuns) {
        return LONG ? inLongRuns : usually;
    }

    /**
     * Checks that a server may be started. Called by whatever starts one, so that a class that needs it and has no {@link NeedsServer} is found.
     *
     * @param server such as PostgreSQL
     */
    public static void requireServers(String server) {
        if (FAST) {
            throw new IllegalStateException(
                    server + " is not started in a fast run. Annotate the test class with @NeedsServer.");
        }
    }
}
