package dev.lectern.text;

import dev.lectern.text.Mention.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Extracts the numbers and names that a text mentions. A name is a capitalised word: not at the beginning of a sentence, unless another one follows it there; in German,
 * which capitalises its nouns, only the last of several in a row. Chinese and Japanese names are known by their points ("卡万·肖特") and by katakana alone.
 */
public final class MentionExtractor {
    /** Words that come with a name and may be added or left out. */
    private static final Set<String> TITLES = Set.of(
            ("president king queen prince princess emperor empress pope sir lord lady saint st mr mrs ms dr professor prof general captain colonel"
                            + " governor senator minister chancellor mayor bishop archbishop cardinal duke count earl baron herr frau präsident könig"
                            + " königin kaiser señor señora rey reina presidente monsieur madame roi reine président city university company inc ltd"
                            + " corporation river lake mount")
                    .split(" ", -1));

    private static final Pattern KATAKANA = Pattern.compile("[\\p{IsKatakana}ー]{3,}");
    private static final int MAX_ACRONYMS = 3;
    private static final String OPENERS = "\"“„«‹「『:*#|•";

    private final String text;
    private final String language;
    private final Set<String> stopWords;
    private final List<Span> words;
    private final NavigableSet<Integer> sentenceStarts = new TreeSet<>();

    private MentionExtractor(String text, String language) {
        this.text = text;
        this.language = language;
        this.stopWords = StopWords.of(language);
        this.words = WordTokenizer.of(text);
        SentenceSplitter.of(text, language).forEach(sentence -> sentenceStarts.add(sentence.start()));
    }

    /**
     * In the order of the text.
     *
     * @param language ISO 639-1, or {@code und}
     */
    public static List<Mention> of(String text, String language) {
        List<Mention> mentions = new ArrayList<>();
        for (NumberExtractor.NumberMention number : NumberExtractor.in(text)) {
            if (!number.exact().isEmpty() && !number.exact().equals(Set.of("1"))) {
                mentions.add(new Mention(Kind.NUMBER, number.span(), number.exact(), ""));
            }
        }
        MentionExtractor extractor = new MentionExtractor(text, language);
        if (!extractor.isAllCapitals()) {
            extractor.names(mentions);
        }
        mentions.sort(Comparator.comparingInt(mention -> mention.span().start()));
        return mentions;
    }

    private void names(List<Mention> mentions) {
        for (int i = 0; i < words.size(); i++) {
            Span word = words.get(i);
            if (WordTokenizer.isDense(text.codePointAt(word.start()))) {
                unspacedName(word, mentions);
            } else if (isName(i)) {
                mentions.add(new Mention(Kind.NAME, word, Set.of(WordFolder.fold(word.in(text))), initials(i)));
            }
        }
    }

    private boolean isName(int at) {
        if (isAcronym(at)) {
            return true;
        }
        if (!isCapitalised(at) || words.get(at).length() < 2 || isTitle(at)) {
            return false;
        }
        boolean followed = isCapitalised(at + 1) && touches(at);
        boolean led = at > 0 && isCapitalised(at - 1) && touches(at - 1);
        if (language.equals("de")) {
            return led && !followed;
        }
        return !opensSentence(at) || followed;
    }

    /** Capitals beyond the first. */
    private boolean isAcronym(int at) {
        return words.get(at).in(text).codePoints().skip(1).anyMatch(Character::isUpperCase);
    }

    /** In a text in capitals throughout, capitals do not mark names. */
    private boolean isAllCapitals() {
        return words.size() > MAX_ACRONYMS
                && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || WordTokenizer.isDense(c));
    }

    private boolean isTitle(int at) {
        return TITLES.contains(WordFolder.fold(words.get(at).in(text)));
    }

    private boolean isCapitalised(int at) {
        if (at < 0 || at >= words.size()) {
            return false;
        }
        Span word = words.get(at);
        return Character.isUpperCase(text.codePointAt(word.start()))
                && !stopWords.contains(word.in(text).toLowerCase(Locale.ROOT))
                && !word.in(text).matches("I(['’].*)?");
    }

    private boolean opensSentence(int at) {
        if (at == 0) {
            return true;
        }
        int before = words.get(at - 1).end();
        int start = words.get(at).start();
        Integer sentence = sentenceStarts.ceiling(before);
        return (sentence != null && sentence <= start)
                || text.substring(before, start).chars().anyMatch(c -> OPENERS.indexOf(c) >= 0);
    }

    /** Whether only a space, a hyphen or an initial's point is between this word and the next. */
    private boolean touches(int at) {
        String gap = text.substring(words.get(at).end(), words.get(at + 1).start());
        return gap.equals(" ")
                || gap.equals("-")
                || (gap.equals(". ") && words.get(at).length() == 1);
    }

    private String initials(int at) {
        int first = at;
        while (first > 0 && at - first < 6 && isCapitalised(first - 1) && touches(first - 1)) {
            first--;
        }
        StringBuilder initials = new StringBuilder();
        for (int i = first; i < words.size() && isCapitalised(i) && initials.length() < 8; i++) {
            initials.appendCodePoint(text.codePointAt(words.get(i).start()));
            if (i + 1 >= words.size() || !touches(i)) {
                break;
            }
        }
        return initials.length() > 1 ? initials.toString() : "";
    }

    private void unspacedName(Span run, List<Mention> mentions) {
        int end = run.end();
        if (end + 1 < text.length() && text.charAt(end) == '·' && WordTokenizer.isDense(text.charAt(end + 1))) {
            Span around = new Span(end - 1, end + 2);
            mentions.add(new Mention(Kind.NAME, around, Set.of(around.in(text)), ""));
        }
        Matcher katakana = KATAKANA.matcher(run.in(text));
        while (katakana.find()) {
            Span name = new Span(run.start() + katakana.start(), run.start() + katakana.end());
            mentions.add(new Mention(Kind.NAME, name, Set.of(name.in(text)), ""));
        }
    }
}
