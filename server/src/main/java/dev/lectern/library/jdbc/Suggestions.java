package dev.lectern.library.jdbc;

import dev.lectern.library.DocumentText.Heading;
import dev.lectern.library.Documents.Suggestion;
import dev.lectern.shared.DocumentId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** First questions made of real headings: one for each document in turn, those first that are questions already. */
final class Suggestions {
    private static final int SHORTEST = 6;
    private static final int LONGEST = 70;
    private static final Pattern NUMBERING = Pattern.compile(
            "^(?:(?:chapter|section|part|appendix)\\s+)?(?:\\d+(?:\\.\\d+)*|[a-z](?:\\.\\d+)+|[ivx]+)[.:)]?\\s+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern QUESTION = Pattern.compile(".*[?？]$");
    private static final Set<String> SAY_NOTHING = Set.of(
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

    private Suggestions() {}

    record Outline(DocumentId document, String title, List<Heading> headings) {}

    static List<Suggestion> of(List<Outline> outlines, int limit) {
        List<Suggestion> questions = new ArrayList<>();
        List<Suggestion> others = new ArrayList<>();
        for (Outline outline : outlines) {
            List<String> usable = outline.headings().stream()
                    .map(heading -> NUMBERING.matcher(heading.title().strip()).replaceFirst(""))
                    .filter(heading -> usable(heading, outline.title()))
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

    private static boolean usable(String heading, String title) {
        return heading.length() >= SHORTEST
                && heading.length() <= LONGEST
                && title.length() <= LONGEST
                && !heading.equalsIgnoreCase(title)
                && heading.codePoints().filter(Character::isLetter).count() * 2 > heading.length()
                && !SAY_NOTHING.contains(heading.toLowerCase(Locale.ROOT));
    }

    /** First from documents that have none yet, then whatever is left. */
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
