package dev.lectern.retrieval.rewriting;

import dev.lectern.text.InvisibleCharacterFilter;
import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.WordTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells a rewritten question from anything else that a model writes: answers, remarks, refusals, thoughts. A rewritten question is one line, a question or a
 * phrase, not much longer or shorter than the question as it was asked, and about what the conversation is about.
 */
final class RewriteValidator {
    /** What the words of the conversation may add to a question. UTF-16 units. */
    private static final int MAX_ADDED = 200;

    private static final int MAX_LENGTH = 1_000;
    private static final int SHORT_QUESTION = 60;

    /** Of a word, since endings change when a question is rewritten. */
    private static final int STEM = 4;

    private static final Pattern LABEL = Pattern.compile(
            "\\A(?:(?:the )?(?:rewritten|standalone|self-contained|last|complete)? ?(?:question|query|search)"
                    + "|(?:umgeschriebene |vollständige )?frage)\\s*:\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WRAPPING = Pattern.compile("\\A[\"'“”„«»`*_\\s]+|[\"'“”„«»`*_\\s]+\\z");
    private static final Pattern QUESTION_END = Pattern.compile("[?？؟;՞⁇‽]\\s*\\z");
    private static final Pattern STATEMENT_END = Pattern.compile("[.!:。！…]\\s*\\z");
    private static final Pattern FOREIGN = Pattern.compile("\\[\\d|</?[a-z|]|```|\\{\"|not\\\\?_answered", Pattern.CASE_INSENSITIVE);

    private RewriteValidator() {}

    /**
     * @param reply as the model wrote it
     * @param earlier questions of the conversation
     * @return the question, without quotes and labels around it; empty for anything else
     */
    static Optional<String> validate(String reply, String question, List<String> earlier) {
        List<String> lines = InvisibleCharacterFilter.filter(reply)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("```"))
                .toList();
        if (lines.size() != 1) {
            return Optional.empty();
        }
        String written = unwrap(lines.getFirst());
        boolean valid = !written.isEmpty()
                && isOfSimilarLength(written, question)
                && isQuestionOrPhrase(written, question)
                && isOfTheConversation(written, question, earlier);
        return valid ? Optional.of(written) : Optional.empty();
    }

    private static String unwrap(String line) {
        String bare = WRAPPING.matcher(line).replaceAll("");
        return WRAPPING.matcher(LABEL.matcher(bare).replaceFirst("")).replaceAll("");
    }

    private static boolean isOfSimilarLength(String written, String question) {
        boolean tooLong = written.length() > Math.min(MAX_LENGTH, 2 * question.length() + MAX_ADDED);
        boolean tooShort = question.length() > SHORT_QUESTION && written.length() < question.length() / 3;
        return !tooLong && !tooShort;
    }

    /** A statement is taken only where the reader wrote one: "Tell me more." */
    private static boolean isQuestionOrPhrase(String written, String question) {
        if (FOREIGN.matcher(written).find() && !FOREIGN.matcher(question).find()) {
            return false;
        }
        boolean statement = STATEMENT_END.matcher(written).find();
        boolean readerStates = !QUESTION_END.matcher(question).find();
        return (!statement || readerStates) && sentences(written) <= Math.max(1, sentences(question));
    }

    private static int sentences(String text) {
        return SentenceSplitter.of(text, "und").size();
    }

    /** At least half of the words with a content are those of the conversation. */
    private static boolean isOfTheConversation(String written, String question, List<String> earlier) {
        List<String> all = new ArrayList<>(earlier);
        all.add(question);
        Set<String> known = all.stream()
                .flatMap(text -> words(text).stream())
                .map(RewriteValidator::stem)
                .collect(Collectors.toSet());
        List<String> content = words(written).stream()
                .filter(word -> !FollowUpWords.hasNoContent(word))
                .map(RewriteValidator::stem)
                .toList();
        long shared = content.stream().filter(known::contains).count();
        return 2 * shared >= content.size();
    }

    private static List<String> words(String text) {
        return WordTokenizer.compounds(text).stream()
                .map(span -> span.in(text).toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String stem(String word) {
        return word.substring(0, Math.min(STEM, word.length()));
    }
}
