package dev.lectern.answering.writing;

import dev.lectern.answering.support.LeadingMarkers;
import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves the citation markers of a text to spans of the cited passages. */
final class CitationSpanResolver {
    private static final Pattern LEADING = Pattern.compile("(?:\\[\\d{1,4}] ?)+");

    private CitationSpanResolver() {}

    /**
     * @param text with its markers
     * @param passages by number
     * @param language of the text, ISO 639-1 or {@code und}
     * @return the span for each marker number in the text, in the order of first appearance: the smallest span that contains the supporting sentences of all
     *     sentences with that number
     */
    static Map<Integer, Span> resolve(
            String text, List<CitationMarker> markers, Map<Integer, CitablePassage> passages, String language) {
        List<Span> sentences = SentenceSplitter.of(text, language);
        boolean leading = LeadingMarkers.areUsedIn(text);
        Map<Integer, Span> found = new LinkedHashMap<>();
        for (CitationMarker citationMarker : markers) {
            CitablePassage passage = passages.get(citationMarker.number());
            if (passage != null && !passage.text().isEmpty()) {
                found.merge(
                        citationMarker.number(),
                        SpanLocator.locate(claim(text, citationMarker, sentences, leading), passage),
                        CitationSpanResolver::both);
            }
        }
        return found;
    }

    private static Span both(Span one, Span other) {
        return new Span(Math.min(one.start(), other.start()), Math.max(one.end(), other.end()));
    }

    /** The sentence with the marker. Markers at the beginning of a sentence belong to the sentence before it, unless all stand before their sentences. */
    private static String claim(
            String text, CitationMarker citationMarker, List<Span> sentences, boolean markersLead) {
        String before = "";
        for (Span sentence : sentences) {
            if (sentence.start() > citationMarker.at()) {
                break;
            }
            String words = sentence.in(text);
            Matcher leading = LEADING.matcher(words);
            boolean ofTheOneBefore = leading.lookingAt() && citationMarker.at() < sentence.start() + leading.end();
            boolean hasOwnWords = leading.lookingAt() && leading.end() < words.length();
            before = ofTheOneBefore && !before.isEmpty() && !(markersLead && hasOwnWords) ? before : words;
        }
        return before;
    }
}
