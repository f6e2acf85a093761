package dev.lectern.ingestion.passages;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sections that are split as one: usually a single one, several where each is too small to be found by itself. */
final class SectionGroup {
    /** Sections with fewer tokens are joined with a neighbour. */
    private static final int SMALL_TOKENS = 60;

    /** A section with its units; the heading's own are none where there is no heading, many where it is very long. */
    record Member(Section section, List<TextUnit> heading, List<TextUnit> body) {

        int tokens() {
            return Stream.concat(heading.stream(), body.stream())
                    .mapToInt(TextUnit::tokens)
                    .sum();
        }
    }

    private final List<Member> members = new ArrayList<>();
    private List<String> path;
    private int tokens;

    SectionGroup(Member first) {
        members.add(first);
        path = first.section().path();
        tokens = first.tokens();
    }

    List<String> path() {
        return path;
    }

    /** Whether the next section stands beside or below the first, on its page, and one of the two is small. */
    boolean accepts(Member next, int target) {
        Section first = members.getFirst().section();
        return (tokens < SMALL_TOKENS || next.tokens() < SMALL_TOKENS)
                && tokens + next.tokens() <= target
                && Objects.equals(first.page(), next.section().page())
                && common(path, next.section().path()).size() >= first.path().size() - 1;
    }

    void add(Member next) {
        members.add(next);
        path = List.copyOf(common(path, next.section().path()));
        tokens += next.tokens();
    }

    /** The units to split: headings that are in the path are not repeated in the text. */
    List<TextUnit> units() {
        List<TextUnit> units = new ArrayList<>();
        for (Member member : members) {
            boolean alone = members.size() == 1 && member.body().isEmpty();
            if (alone || member.section().path().size() > path.size()) {
                units.addAll(member.heading());
            }
            units.addAll(member.body());
        }
        return units;
    }

    /** Whether this is a heading whose text is all in the path of what follows. */
    boolean isOnlyHeadingOf(@Nullable Member next) {
        return members.size() == 1
                && members.getFirst().body().isEmpty()
                && next != null
                && members.getFirst().section().contains(next.section());
    }

    private static List<String> common(List<String> one, List<String> other) {
        int same = 0;
        while (same < Math.min(one.size(), other.size()) && one.get(same).equals(other.get(same))) {
            same++;
        }
        return one.subList(0, same);
    }
}
