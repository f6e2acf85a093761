package dev.lectern.answering.support;

import dev.lectern.answering.support.UnsupportedSentence.Reason;
import dev.lectern.text.Mention;
import dev.lectern.text.MentionExtractor;
import dev.lectern.text.MentionIndex;
import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the sentences of a written answer that its citations do not bear out. Pure and thread-safe. */
public final class SupportCheck {
    private static final Pattern MARKER = Pattern.compile("\\[(\\d{1,4})]");
    private static final Pattern LEADING_MARKERS = Pattern.compile("^(?:\\s*\\[\\d{1,4}])+");
    private static final Pattern LIST_NUMBER = Pattern.compile("^\\s*\\d{1,3}[.)]\\s");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /**
     * @param answer with its markers, such as {@code [2]}, behind or within the sentences they belong to
     * @param cited the texts (title and headings may stand in front) of the passages by their marker's number; a marker without one counts as none
     * @param language of the answer, ISO 639-1 or {@code und}
     * @return in the order of the text, without overlap
     */
    public List<UnsupportedSentence> check(String answer, Map<Integer, String> cited, String language) {
        List<UnsupportedSentence> unsupported = new ArrayList<>();
        for (Span sentence : sentences(answer, language)) {
            String text = sentence.in(answer);
            reason(text, cited, language)
                    .ifPresent(reason ->
                            unsupported.add(new UnsupportedSentence(sentence.start(), sentence.end(), reason)));
        }
        return unsupported;
    }

    private static Optional<Reason> reason(String sentence, Map<Integer, String> cited, String language) {
        String bare = LIST_NUMBER
                .matcher(MARKER.matcher(sentence).replaceAll(""))
                .replaceFirst("")
                .strip();
        if (ClaimDetector.makesNone(bare)) {
            return Optional.empty();
        }
        String passages = passages(sentence, cited);
        if (passages.isEmpty()) {
            return Optional.of(Reason.NO_CITATION);
        }
        if (flat(passages).contains(flat(bare))) {
            return Optional.empty();
        }
        MentionIndex mentionIndex = MentionIndex.of(passages);
        return MentionExtractor.of(bare, language).stream()
                .filter(mention -> !mentionIndex.contains(mention))
                .map(mention -> mention.kind() == Mention.Kind.NUMBER ? Reason.NUMBER : Reason.NAME)
                .findFirst();
    }

    private static String passages(String sentence, Map<Integer, String> cited) {
        TreeSet<Integer> numbers = new TreeSet<>();
        Matcher marker = MARKER.matcher(sentence);
        while (marker.find()) {
            numbers.add(Integer.valueOf(marker.group(1)));
        }
        StringBuilder text = new StringBuilder();
        for (Integer number : numbers) {
            String passage = cited.get(number);
            if (passage != null) {
                text.append(passage).append('\n');
            }
        }
        return text.toString();
    }

    /** Sentences, where markers behind a sentence's end belong to it and not to the next. */
    private static List<Span> sentences(String answer, String language) {
        List<Span> sentences = new ArrayList<>();
        boolean markersLead = LeadingMarkers.areUsedIn(answer);
        for (Span span : SentenceSplitter.of(answer, language)) {
            Matcher leading = LEADING_MARKERS.matcher(span.in(answer));
            boolean found = leading.find();
            boolean leads = found && markersLead && leading.end() < span.length();
            boolean moves = found && !leads && !sentences.isEmpty() && isOneLine(answer, sentences.getLast(), span);
            int start = moves ? span.start() + leading.end() : span.start();
            if (moves) {
                Span previous = sentences.removeLast();
                sentences.add(new Span(previous.start(), start));
            }
            while (start < span.end() && Character.isWhitespace(answer.charAt(start))) {
                start++;
            }
            if (start < span.end()) {
                sentences.add(new Span(start, span.end()));
            }
        }
        return sentences;
    }

    private static boolean isOneLine(String answer, Span before, Span after) {
        return answer.substring(before.end(), after.start()).indexOf('\n') < 0;
    }

    private static String flat(String text) {
        return SPACE.matcher(text).replaceAll(" ").replaceAll("[.!?。！？]+$", "");
    }
}
