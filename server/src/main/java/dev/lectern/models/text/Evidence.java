package dev.lectern.models.text;

import dev.lectern.models.text.Detail.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A text that details are compared with. Immutable. */
public final class Evidence {
    private static final int SHORTEST_STEM = 4;
    private static final int LONGEST_INITIALS = 6;

    private final String text;
    private final Set<String> numbers = new HashSet<>();
    private final Set<String> words = new HashSet<>();
    private final Set<String> initials = new HashSet<>();

    private Evidence(String text) {
        this.text = text;
        Numbers.in(text).forEach(number -> numbers.addAll(number.loose()));
        List<Span> spans = Words.of(text);
        spans.forEach(span -> words.add(Details.plain(span.in(text))));
        addInitials(spans);
    }

    public static Evidence of(String text) {
        return new Evidence(text);
    }

    /** Whether the text says this number, or this name: the word itself, one that it is the beginning of or begins with, or its initials. */
    public boolean says(Detail detail) {
        if (detail.kind() == Kind.NUMBER) {
            return detail.values().stream().anyMatch(numbers::contains);
        }
        return detail.values().stream().anyMatch(this::saysName) || words.contains(Details.plain(detail.initials()));
    }

    /** As {@link #says}, with a slip of the pen allowed in a name: readers write questions as they remember. */
    public boolean saysRoughly(Detail detail) {
        return says(detail)
                || (detail.kind() == Kind.NAME && detail.values().stream().anyMatch(this::isNearSome));
    }

    private boolean saysName(String name) {
        return words.contains(name)
                || initials.contains(name)
                || words.stream().anyMatch(word -> isStem(name, word) || isStem(word, name))
                || (Words.isUnspaced(name.charAt(0)) && text.contains(name));
    }

    private boolean isNearSome(String name) {
        return words.stream().anyMatch(word -> isNear(name, word));
    }

    private static boolean isStem(String stem, String word) {
        return stem.length() >= SHORTEST_STEM && word.startsWith(stem);
    }

    /** The same beginning, or one letter in seven written otherwise. */
    private static boolean isNear(String name, String word) {
        if (Math.min(name.length(), word.length()) < SHORTEST_STEM) {
            return false;
        }
        return name.regionMatches(0, word, 0, SHORTEST_STEM)
                || distance(name, word) <= 1 + name.length() / (2 * SHORTEST_STEM);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    /** The initials of every run of capitalised words; small words between them do not count. */
    private void addInitials(List<Span> spans) {
        StringBuilder run = new StringBuilder();
        int behind = -1;
        for (Span span : spans) {
            boolean near = behind >= 0 && span.start() - behind <= 1;
            boolean capital = Character.isUpperCase(text.codePointAt(span.start()));
            if (!near || (!capital && span.length() > 3)) {
                run.setLength(0);
            }
            if (capital) {
                run.append(Character.toLowerCase(text.charAt(span.start())));
                for (int length = 2; length <= Math.min(run.length(), LONGEST_INITIALS); length++) {
                    initials.add(run.substring(run.length() - length));
                }
            }
            behind = span.end();
        }
    }
}
