package dev.lectern.models.extractive;

import dev.lectern.models.QuotablePassage;
import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.Span;
import dev.lectern.text.TableContext;
import dev.lectern.text.TermExtractor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A sentence of a passage that may be quoted.
 *
 * @param rank of its passage, from 0
 * @param position in its passage, from 0
 * @param terms of the sentence
 * @param before terms of the previous sentence of the passage; none for a row
 * @param subject the nearest line above that names an identifier and is no sentence, such as "Invoice no. 90419", if nothing names another one in between;
 *     empty for a row
 * @param row whether it is a row of a table; its text then has the names of the columns
 * @param quotedMail whether it stands in an earlier mail that a mail quotes
 */
record SentenceCandidate(
        QuotablePassage passage,
        int rank,
        int position,
        Span span,
        String text,
        Set<String> terms,
        Set<String> before,
        String subject,
        boolean row,
        boolean quotedMail) {

    private static final double REPETITION = 0.8;
    private static final String SUBJECT = "Subject: ";
    private static final int MAX_ENDING = 2;

    /** "Owner: Mara Lindt". Longer ones are items of lists, or code. */
    private static final Pattern FIELD =
            Pattern.compile("\\p{L}[\\p{L}\\p{N} .()/&-]{0,40}: [\\p{L}\\p{N}][^\\n{}\\[\\]=<>`]{0,60}");

    /**
     * Whether it is a line without an end mark that adds fewer than three words to the question, and no number, which would be a value unless it is an
     * identifier; a row or a field, nothing at all.
     */
    boolean isHeading(Set<String> questionTerms) {
        List<String> added =
                terms.stream().filter(term -> !questionTerms.contains(term)).toList();
        if (isSubject()) {
            return true;
        }
        if (row || isSentence(text) || isField()) {
            return !isSentence(text) && added.isEmpty();
        }
        return added.size() < 3
                && (QuestionIdentifiers.namesAny(text)
                        || added.stream().noneMatch(term -> Character.isDigit(term.codePointAt(0))));
    }

    /** Whether it is a line without an end mark and without a word that the question does not have: it cannot be an answer. */
    boolean isEcho(Set<String> questionTerms) {
        return !row && !isSentence(text) && questionTerms.containsAll(terms);
    }

    /** Whether it is the line of a mail's head that its title repeats. */
    private boolean isSubject() {
        return text.startsWith(SUBJECT) && passage.title().lines().anyMatch(text.substring(SUBJECT.length())::equals);
    }

    /** Whether it is a line such as "Owner: Mara Lindt", which stands for itself. */
    boolean isField() {
        return !row && !isSentence(text) && FIELD.matcher(text).matches();
    }

    /**
     * Whether it is a field whose name has only words of the question, such as "Weight: 812 kg" of "What is the weight?".
     *
     * @param question its words, see {@link TermExtractor#words}
     */
    boolean isFieldOf(Set<String> question, Set<String> stopWords) {
        if (!isField() || quotedMail) {
            return false;
        }
        List<String> name = TermExtractor.words(text.substring(0, text.indexOf(": "))).stream()
                .filter(word -> !stopWords.contains(word))
                .toList();
        return !name.isEmpty()
                && name.stream().allMatch(word -> question.stream().anyMatch(asked -> isForm(word, asked)));
    }

    /** Five letters are too few here: "Rechnung" is not "Rechnungsempfänger". */
    private static boolean isForm(String word, String other) {
        return Math.abs(word.length() - other.length()) <= MAX_ENDING
                && (word.startsWith(other) || other.startsWith(word));
    }

    /** Whether it has no word that the question does not have: it needs what it is about to be an answer. */
    boolean isBare(Set<String> questionTerms) {
        return questionTerms.containsAll(terms);
    }

    /** The terms of the cells of a row, without the names of the columns; empty for a sentence. */
    Set<String> cellTerms(Set<String> stopWords) {
        TableContext table = passage.table();
        if (!row || table == null) {
            return Set.of();
        }
        String start = span.start() == 0 ? table.rowStart() : "";
        return TermExtractor.stems(start + span.in(passage.text()), stopWords);
    }

    /** The point within a number such as 10.2.1 ends no sentence. */
    static boolean isSentence(String text) {
        return SentenceSplitter.hasEndMark(text) && !Character.isLetterOrDigit(text.codePointBefore(text.length()));
    }

    /** The names of the columns of a row but the first, which is that of its label; empty for a sentence. */
    List<String> columns() {
        if (!row) {
            return List.of();
        }
        return Arrays.stream(text.split(TableContext.SHOWN_GAP, -1))
                .skip(1)
                .map(cell -> cell.substring(0, Math.max(0, cell.indexOf(": "))))
                .toList();
    }

    /** Whether the longer of the two has most words of the shorter one. */
    boolean repeats(SentenceCandidate other) {
        long shared = terms.stream().filter(other.terms::contains).count();
        return shared >= REPETITION * Math.min(terms.size(), other.terms.size());
    }

    boolean isFrom(QuotablePassage other) {
        return passage.number() == other.number();
    }
}
