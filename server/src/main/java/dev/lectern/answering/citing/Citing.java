package dev.lectern.answering.citing;

import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the markers of a written text into spans of passages. */
public final class Citing {
    private static final Pattern LEADING = Pattern.compile("(?:\\[\\d{1,4}] ?)+");

    private Citing() {}

    /**
     * @param text as it was written, with its markers
     * @param passages by number
     * @param language of the text, ISO 639-1 or {@code und}
     * @return the span for each number that stands in the text, in the order of their first appearance: the smallest that holds what every sentence
     *     with that number stands on
     */
    public static Map<Integer, Span> spans(
            String text, List<Marker> markers, Map<Integer, Citable> passages, String language) {
        List<Span> sentences = SentenceSplitter.of(text, language);
        Map<Integer, Span> found = new LinkedHashMap<>();
        for (Marker marker : markers) {
            Citable passage = passages.get(marker.number());
            if (passage != null && !passage.text().isEmpty()) {
                found.merge(marker.number(), SpanLocator.locate(claim(text, marker, sentences), passage), Citing::both);
            }
        }
        return found;
    }

    private static Span both(Span one, Span other) {
        return new Span(Math.min(one.start(), other.start()), Math.max(one.end(), other.end()));
    }

    /** The sentence that the marker stands in; markers at the beginning of a sentence belong to the one before it. */
    private static String claim(String text, Marker marker, List<Span> sentences) {
        String before = "";
        for (Span sentence : sentences) {
            if (sentence.start() > marker.at()) {
                break;
            }
            String words = sentence.in(text);
            Matcher leading = LEADING.matcher(words);
            boolean ofTheOneBefore = leading.lookingAt() && marker.at() < sentence.start() + leading.end();
            before = ofTheOneBefore && !before.isEmpty() ? before : words;
        }
        return before;
    }
}
