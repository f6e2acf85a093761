package dev.lectern.text;

import dev.lectern.text.Mention.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The numbers and words of a text, to look up the mentions of another text. Immutable. */
public final class MentionIndex {
    private static final int SHORTEST_STEM = 4;
    private static final int LONGEST_INITIALS = 6;

    private final String text;
    private final Set<String> numbers = new HashSet<>();
    private final Set<String> words = new HashSet<>();
    private final Set<String> initials = new HashSet<>();

    private MentionIndex(String text) {
        this.text = text;
        NumberExtractor.in(text).forEach(number -> numbers.addAll(number.loose()));
        List<Span> spans = WordTokenizer.of(text);
        spans.forEach(span -> words.add(WordFolder.fold(span.in(text))));
        addInitials(spans);
    }

    public static MentionIndex of(String text) {
        return new MentionIndex(text);
    }

    /** Whether the text has this number, or this name: the word itself, a longer word that begins with it, its beginning, or its initials. */
    public boolean contains(Mention mention) {
        if (mention.kind() == Kind.NUMBER) {
            return mention.values().stream().anyMatch(numbers::contains);
        }
        return mention.values().stream().anyMatch(this::containsName)
                || words.contains(WordFolder.fold(mention.initials()));
    }

    /** As {@link #contains}, with a misspelling allowed in a name: readers write questions from memory. */
    public boolean containsApproximately(Mention mention) {
        return contains(mention)
                || (mention.kind() == Kind.NAME && mention.values().stream().anyMatch(this::isSimilarToAny));
    }

    private boolean containsName(String name) {
        return words.contains(name)
                || initials.contains(name)
                || words.stream().anyMatch(word -> isStem(name, word) || isStem(word, name))
                || (WordTokenizer.isDense(name.charAt(0)) && text.contains(name));
    }

    private boolean isSimilarToAny(String name) {
        return words.stream().anyMatch(word -> isSimilar(name, word));
    }

    private static boolean isStem(String stem, String word) {
        return stem.length() >= SHORTEST_STEM && word.startsWith(stem);
    }

    /** The same beginning, or one letter in seven written otherwise. */
    private static boolean isSimilar(String name, String word) {
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
