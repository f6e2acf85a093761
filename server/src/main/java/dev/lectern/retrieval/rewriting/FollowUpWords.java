package dev.lectern.retrieval.rewriting;

import dev.lectern.text.StopWords;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Words by which a follow-up question is known, in the languages where follow-ups were measured. The language of a short question is not reliable, so that all
 * languages count together. */
final class FollowUpWords {
    /** What a reader asks for an answer with, and the subject is not. */
    private static final Set<String> REQUESTS = set("please tell give explain know want like way");

    private static final Set<String> REFERRING = set("""
            it its they them their theirs this that these those he she him her his hers there one ones such same other another else former latter
            er sie ihn ihm ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner dies diese dieser dieses diesen diesem jene dort davon dazu
            darüber dabei damit dafür
            ello ella ellos ellas este esta esto estos estas ese esa eso esos esas aquel aquella su sus allí
            cela ça celui celle ceux celles ce cette ces son sa ses leur leurs y lui eux
            它 他 她 它们 他们 她们 这 那 这个 那个
            """);

    private static final Set<String> OPENERS = set("and so but also why then und aber warum y pero et mais pourquoi");

    private FollowUpWords() {}

    /** @param word in lower case */
    static boolean hasNoContent(String word) {
        return StopWords.ofAnyLanguage().contains(word) || REQUESTS.contains(word);
    }

    /** @param word in lower case */
    static boolean refersBack(String word) {
        return REFERRING.contains(word);
    }

    /** @param word the first one, in lower case */
    static boolean opensFollowUp(String word) {
        return OPENERS.contains(word);
    }

    private static Set<String> set(String words) {
        return Arrays.stream(words.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }
}
