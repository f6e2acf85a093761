package dev.lectern.models.language;

import com.optimaize.langdetect.DetectedLanguage;
import com.optimaize.langdetect.LanguageDetectorBuilder;
import com.optimaize.langdetect.ngram.NgramExtractors;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import dev.lectern.models.LanguageDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Detects the language of a text by its script, then by profiles of about fifty languages, which are loaded at first use. Thread-safe. */
@Component
final class ProfileLanguageDetector implements LanguageDetector {
    /** A longer beginning does not improve the result. UTF-16 units. */
    private static final int MAX_LENGTH = 2_000;

    /** Shorter texts are detected by the method for short texts. UTF-16 units. */
    private static final int SHORT = 100;

    /** With fewer letters a text is a name or a number in any language. */
    private static final int MIN_LETTERS = 12;

    /** Aragonese, Asturian, Galician and Occitan: so near to a large neighbour that its short texts are taken for theirs. */
    private static final Set<String> MISTAKEN = Set.of("an", "ast", "gl", "oc");

    private static final double SURE = 0.7;
    private static final long SEED = 1;

    private com.optimaize.langdetect.@Nullable LanguageDetector profiles;

    @Override
    public String detect(String text) {
        String start = text.substring(0, Math.min(text.length(), MAX_LENGTH));
        String byScript = ScriptLanguages.identify(start);
        if (byScript != null) {
            return byScript;
        }
        if (start.codePoints().filter(Character::isLetter).limit(MIN_LETTERS).count() < MIN_LETTERS) {
            return UNDETERMINED;
        }
        List<DetectedLanguage> likely = profiles().getProbabilities(start);
        return likely.isEmpty() || likely.getFirst().getProbability() < SURE
                ? UNDETERMINED
                : likely.getFirst().getLocale().getLanguage();
    }

    /** Profiles need memory for each letter sequence and language, so that only those are loaded that can be the result. */
    private static boolean isLoaded(String language) {
        return !MISTAKEN.contains(language) && !ScriptLanguages.isIdentifiedByScript(language);
    }

    private synchronized com.optimaize.langdetect.LanguageDetector profiles() {
        if (profiles == null) {
            try {
                profiles = LanguageDetectorBuilder.create(NgramExtractors.standard())
                        .withProfiles(new LanguageProfileReader()
                                .readAllBuiltIn().stream()
                                        .filter(profile ->
                                                isLoaded(profile.getLocale().getLanguage()))
                                        .toList())
                        .shortTextAlgorithm(SHORT)
                        .seed(SEED)
                        .build();
            } catch (IOException e) {
                throw new UncheckedIOException("The language profiles of the class path cannot be read", e);
            }
        }
        return profiles;
    }
}
