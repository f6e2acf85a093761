package dev.lectern.library.catalog;

import dev.lectern.library.DocumentText.Heading;
import dev.lectern.library.Documents.Suggestion;
import dev.lectern.shared.DocumentId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Suggests first questions from the headings of documents: headings that are questions come first, and every document gets one before any gets two. */
final class QuestionSuggester {
    private static final int MIN_LENGTH = 6;
    private static final int MAX_LENGTH = 70;
    private static final Pattern NUMBERING = Pattern.compile(
            "^(?:(?:chapter|section|part|appendix)\\s+)?(?:\\d+(?:\\.\\d+)*|[a-z](?:\\.\\d+)+|[ivx]+)[.:)]?\\s+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern QUESTION = Pattern.compile(".*[?？]$");
    private static final Set<String> GENERIC_HEADINGS = Set.of(
            "abstract",
            "acknowledgements",
            "acknowledgments",
            "appendix",
            "bibliography",
            "changelog",
            "conclusion",
            "conclusions",
            "contents",
            "description",
            "discussion",
            "example",
            "examples",
            "foreword",
            "further reading",
            "glossary",
            "index",
            "introduction",
            "license",
            "links",
            "notes",
            "overview",
            "preface",
            "references",
            "results",
            "see also",
            "summary",
            "synopsis",
            "table of contents",
            "usage");

    private QuestionSuggester() {}

    /** The headings of a document. */
    record Outline(DocumentId document, String title, List<Heading> headings) {}

    static List<Suggestion> suggest(List<Outline> outlines, int limit) {
        List<Suggestion> questions = new ArrayList<>();
        List<Suggestion> others = new ArrayList<>();
        for (Outline outline : outlines) {
            List<String> usable = outline.headings().stream()
                    .map(heading -> NUMBERING.matcher(heading.title().strip()).replaceFirst(""))
                    .filter(heading -> isUsable(heading, outline.title()))
                    .toList();
            usable.stream()
                    .filter(heading -> QUESTION.matcher(heading).matches())
                    .findFirst()
                    .ifPresent(question -> questions.add(new Suggestion(question, outline.document())));
            usable.stream()
                    .filter(heading -> !QUESTION.matcher(heading).matches())
                    .limit(2)
                    .map(heading -> "What does “" + outline.title() + "” say about " + heading + "?")
                    .forEach(question -> others.add(new Suggestion(question, outline.document())));
        }
        return pick(questions, others, limit);
    }

    private static boolean isUsable(String heading, String title) {
        return heading.length() >= MIN_LENGTH
                && heading.length() <= MAX_LENGTH
                && title.length() <= MAX_LENGTH
                && !heading.equalsIgnoreCase(title)
                && heading.codePoints().filter(Character::isLetter).count() * 2 > heading.length()
                && !GENERIC_HEADINGS.contains(heading.toLowerCase(Locale.ROOT));
    }

    /** Picks from documents without a suggestion first, then the rest in order. */
    private static List<Suggestion> pick(List<Suggestion> questions, List<Suggestion> others, int limit) {
        List<Suggestion> all = new ArrayList<>(questions);
        all.addAll(others);
        List<Suggestion> picked = new ArrayList<>();
        Set<DocumentId> seen = new HashSet<>();
        for (Suggestion suggestion : all) {
            if (picked.size() < limit && seen.add(suggestion.document())) {
                picked.add(suggestion);
            }
        }
        for (Suggestion suggestion : all) {
            if (picked.size() < limit && !picked.contains(suggestion)) {
                picked.add(suggestion);
            }
        }
        return picked;
    }
}
