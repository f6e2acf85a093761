package dev.lectern.models.extractive;

import dev.lectern.text.Span;
import dev.lectern.text.WordTokenizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The identifiers that a question names, such as {@code AB-7731-L}, {@code E10447}, {@code 10.2.1} and {@code 90419}. Another one says something else, however
 * similar its words are. Immutable.
 */
final class QuestionIdentifiers {
    private static final Pattern ORDINAL = Pattern.compile("\\d+(?:st|nd|rd|th|s|er|e|te|ter)");
    private static final Pattern DATE = Pattern.compile("\\d{1,4}([.-])\\d{1,2}\\1\\d{2,4}");
    private static final int MIN_LENGTH = 4;
    private static final int MIN_DIGITS = 2;
    /** Shorter numbers are mostly years and quantities. */
    private static final int MIN_NUMBER_DIGITS = 5;

    private final Set<String> identifiers = new LinkedHashSet<>();

    QuestionIdentifiers(String question) {
        compounds(question).stream().filter(QuestionIdentifiers::isIdentifier).forEach(identifiers::add);
    }

    /** The share that a text has, 0 to 1; 0 if the question names none. */
    double share(String text) {
        if (identifiers.isEmpty()) {
            return 0;
        }
        Set<String> named = compounds(text);
        return identifiers.stream().filter(named::contains).count() / (double) identifiers.size();
    }

    /** Whether a text names an identifier of any kind. */
    static boolean namesAny(String text) {
        return compounds(text).stream().anyMatch(QuestionIdentifiers::isIdentifier);
    }

    private static Set<String> compounds(String text) {
        Set<String> compounds = new LinkedHashSet<>();
        for (Span span : WordTokenizer.compounds(text)) {
            compounds.add(span.in(text).toLowerCase(Locale.ROOT));
        }
        return compounds;
    }

    private static boolean isIdentifier(String compound) {
        long digits = compound.chars().filter(Character::isDigit).count();
        boolean letters = compound.codePoints().anyMatch(Character::isLetter);
        boolean parted = compound.indexOf('-') > 0
                || compound.indexOf('_') > 0
                || compound.chars().filter(c -> c == '.').count() > 1;
        return compound.length() >= MIN_LENGTH
                && digits >= MIN_DIGITS
                && (letters || parted || digits >= MIN_NUMBER_DIGITS)
                && compound.indexOf(',') < 0
                && compound.indexOf(':') < 0
                && !DATE.matcher(compound).matches()
                && !ORDINAL.matcher(compound).matches();
    }
}
