package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MissingFilePolicyTest {
    private final MissingFilePolicy policy = new MissingFilePolicy(5);

    private static List<String> files(String folder, int count) {
        return IntStream.range(0, count).mapToObj(i -> folder + i + ".txt").toList();
    }

    private static List<String> join(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private Set<String> held(List<String> known, List<String> missing, String... problems) {
        return policy.findHeld(known, missing, missing, Set.of(problems));
    }

    @Test
    void findHeld_oneOfAFew_isDeleted() {
        assertThat(held(files("", 3), files("", 1))).isEmpty();
        assertThat(held(files("a/", 1), files("a/", 1))).isEmpty();
    }

    @Test
    void findHeld_aTenthOfTheSource_isDeletedAndMoreIsNot() {
        assertThat(held(files("", 20), files("", 2))).isEmpty();
        assertThat(held(files("", 19), files("", 2))).hasSize(2);
        assertThat(held(files("", 50), files("", 5))).isEmpty();
        assertThat(held(files("", 1_000), files("", 6))).hasSize(6);
    }

    @Test
    void findHeld_muchOfADeepFolder_isHeldWithoutTheOthers() {
        List<String> known = join(files("", 100), files("a/b/c/", 4));
        assertThat(held(known, join(files("a/b/c/", 2), files("", 1))))
                .containsExactlyInAnyOrder("a/b/c/0.txt", "a/b/c/1.txt");
    }

    @Test
    void findHeld_problem_holdsItsFolderThoseAboveAndBelow() {
        List<String> known = join(join(files("", 40), files("a/", 40)), join(files("a/b/", 40), files("c/", 40)));
        List<String> missing = List.of("0.txt", "a/0.txt", "a/b/0.txt", "c/0.txt");
        assertThat(held(known, missing, "a")).containsExactlyInAnyOrder("0.txt", "a/0.txt", "a/b/0.txt");
        assertThat(held(known, missing, "a/b/x")).containsExactlyInAnyOrder("0.txt", "a/0.txt", "a/b/0.txt");
        assertThat(held(known, missing, "ab")).containsExactly("0.txt");
        assertThat(held(known, missing, "")).hasSize(4);
    }

    @Test
    void findHeld_whatWasMissingBefore_countsInItsFolder() {
        List<String> known = files("", 30);
        assertThat(policy.findHeld(known, files("", 4), List.of("3.txt"), Set.of()))
                .containsExactly("3.txt");
        assertThat(policy.findHeld(known, files("", 3), List.of("2.txt"), Set.of()))
                .isEmpty();
    }
}
