package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class PathActivityTest {
    private static final long MILLI = 1_000_000;
    /** A clock whose values overflow in the middle of each test. */
    private static final long START = Long.MAX_VALUE - 3_000 * MILLI;

    private final PathActivity activity = new PathActivity(Duration.ofMillis(700), Duration.ofMinutes(1));

    private static long at(long millis) {
        return START + millis * MILLI;
    }

    /** Lets the events happen, 10 ms between two steps, and returns the times in milliseconds at which a scan was due. */
    private List<Long> run(long untilMillis, LongUnaryOperator eventsAt) {
        List<Long> due = new ArrayList<>();
        for (long now = 0; now < untilMillis; now += 10) {
            long events = eventsAt.applyAsLong(now);
            for (long event = 0; event < events; event++) {
                activity.record(event + ".log", at(now));
            }
            if (activity.takeDue(at(now))) {
                due.add(now);
            }
        }
        return due;
    }

    @Test
    void nextDue_withoutEvents_isEmpty() {
        assertThat(activity.nextDue()).isEmpty();
        assertThat(activity.takeDue(at(0))).isFalse();
    }

    @Test
    void takeDue_aQuietPath_isDueOnceAfterItsQuiet() {
        activity.record("a.md", at(0));
        activity.record("a.md", at(500));
        assertThat(activity.nextDue()).hasValue(at(1200));
        assertThat(activity.takeDue(at(1199))).isFalse();
        assertThat(activity.takeDue(at(1200))).isTrue();
        assertThat(activity.takeDue(at(9000))).isFalse();
        assertThat(activity.countPaths()).isZero();
    }

    @Test
    void takeDue_beneathABusyPath_isDueForTheQuietOne() {
        List<Long> due = new ArrayList<>();
        for (long now = 0; now < 30_000; now += 100) {
            activity.record("app.log", at(now));
            if (now == 10_000) {
                activity.record("new.md", at(now));
            }
            if (activity.takeDue(at(now))) {
                due.add(now);
            }
        }
        assertThat(due).containsExactly(10_700L);
        assertThat(activity.countPaths()).isEqualTo(1);
    }

    @Test
    void takeDue_aPathThatIsBusyForever_isDueOnceInTheLimit() {
        assertThat(run(200_000, now -> 1)).containsExactly(60_000L, 120_010L, 180_020L);
    }

    @Test
    void takeDue_aBusyPathThatEnds_isDueForItsLastState() {
        assertThat(run(100_000, now -> now <= 70_000 ? 1 : 0)).containsExactly(60_000L, 70_700L);
    }

    @Test
    void takeDue_thousandsOfBusyPaths_areDueTenTimesInTheLimitAtMost() {
        // The paths begin one after the other, so that each reaches its limit at a time of its own.
        List<Long> due = run(180_000, now -> now % 100 == 0 ? Math.min(1_000, 1 + now / 50) : 0);
        assertThat(due).isNotEmpty();
        assertThat(due.getFirst()).isEqualTo(60_000);
        assertThat(due).hasSizeLessThanOrEqualTo(21);
        for (int i = 1; i < due.size(); i++) {
            assertThat(due.get(i) - due.get(i - 1)).isGreaterThanOrEqualTo(6_000);
        }
    }

    @Test
    void takeDue_changesThatNeverEnd_areDueAtGrowingDistances() {
        List<Long> due = run(60_000, now -> now % 1_000 == 0 ? 1 : 0);
        assertThat(due.subList(0, 3)).containsExactly(700L, 1_700L, 3_700L);
        assertThat(due.getLast() - due.get(due.size() - 2)).isBetween(5_600L, 6_600L);
        assertThat(due).hasSizeLessThan(15);
    }

    @Test
    void takeDue_afterASeries_isDueAtOnceAgain() {
        run(30_000, now -> now % 1_000 == 0 ? 1 : 0);
        while (!activity.takeDue(at(60_000)) && activity.countPaths() > 0) {
            // What the series left.
        }
        activity.record("later.md", at(90_000));
        assertThat(activity.nextDue()).hasValue(at(90_700));
        assertThat(activity.takeDue(at(90_700))).isTrue();
        activity.record("later.md", at(90_800));
        assertThat(activity.nextDue()).hasValue(at(91_500));
    }

    @Test
    void takeDue_limitBelowTheQuietTime_isDueAtTheLimit() {
        PathActivity slow = new PathActivity(Duration.ofHours(1), Duration.ofMinutes(1));
        slow.record("a.md", at(0));
        assertThat(slow.takeDue(at(59_999))).isFalse();
        assertThat(slow.takeDue(at(60_000))).isTrue();
    }

    @Test
    void takeDue_withoutQuietTime_isDueAtOnceAndPaced() {
        PathActivity fast = new PathActivity(Duration.ZERO, Duration.ofMinutes(1));
        fast.record("a.md", at(0));
        assertThat(fast.takeDue(at(0))).isTrue();
        fast.record("a.md", at(1));
        assertThat(fast.takeDue(at(1))).isFalse();
        assertThat(fast.takeDue(at(20))).isTrue();
    }

    @Test
    void record_moreThanCanBeToldApart_countsAllAsOne() {
        for (int i = 0; i < 3 * PathActivity.MAX_PATHS; i++) {
            activity.record(i + ".md", at(i / 1_000));
        }
        assertThat(activity.countPaths()).isLessThanOrEqualTo(PathActivity.MAX_PATHS);
        assertThat(activity.takeDue(at(800))).isTrue();
        assertThat(activity.countPaths()).isZero();
    }

    @Test
    void record_moreThanCanBeToldApartForever_keepsTheLimit() {
        int[] number = {0};
        List<Long> due = new ArrayList<>();
        for (long now = 0; now < 130_000; now += 100) {
            for (int i = 0; i < 2_000; i++) {
                activity.record(number[0]++ + ".md", at(now));
            }
            if (activity.takeDue(at(now))) {
                due.add(now);
            }
        }
        assertThat(due).isNotEmpty();
        assertThat(due.getFirst()).isLessThanOrEqualTo(60_000);
        assertThat(due.getLast()).isGreaterThanOrEqualTo(119_000);
    }

    @Test
    void recordScan_forAnotherReason_leavesWhatIsInTheMiddleOfAChange() {
        activity.record("done.md", at(0));
        activity.record("busy.md", at(600));
        activity.recordScan(at(800));
        assertThat(activity.countPaths()).isEqualTo(1);
        assertThat(activity.nextDue()).hasValue(at(1300));
    }
}
