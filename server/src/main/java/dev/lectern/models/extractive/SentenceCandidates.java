package dev.lectern.models.extractive;

import dev.lectern.models.QuotablePassage;
import dev.lectern.text.LongTextDivider;
import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.Span;
import dev.lectern.text.TableContext;
import dev.lectern.text.TermExtractor;
import dev.lectern.text.WordTokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Extracts the sentences of passages that may be quoted. Lines without an end mark, such as code and tables, are divided, so that quotes stay readable. */
final class SentenceCandidates {
    /** UTF-16 units. */
    static final int MAX_LENGTH = 480;

    private static final int MAX_PER_PASSAGE = 100;

    private static final int MAX_VALUE = 24;
    private static final int MAX_VALUE_WORDS = 3;
    private static final int MAX_VALUE_NAME = 120;

    private SentenceCandidates() {}

    static List<SentenceCandidate> of(List<QuotablePassage> passages, Set<String> stopWords) {
        List<SentenceCandidate> candidates = new ArrayList<>();
        for (int rank = 0; rank < passages.size(); rank++) {
            add(passages.get(rank), rank, stopWords, candidates);
        }
        return candidates;
    }

    private static void add(
            QuotablePassage passage, int rank, Set<String> stopWords, List<SentenceCandidate> candidates) {
        Set<String> before = Set.of();
        String subject = "";
        int position = 0;
        TableContext table = passage.table();
        List<Span> rows = table == null ? List.of() : table.rows(passage.text());
        MailParts mail = MailParts.of(passage.text());
        Span head = MailParts.withoutSubject(passage.text(), mail.head());
        for (Span span : pieces(passage, rows, mail)) {
            boolean row = rows.stream().anyMatch(one -> contains(one, span));
            String text = row && table != null ? table.format(passage.text(), span) : span.in(passage.text());
            Set<String> terms =
                    span.equals(head) ? MailParts.terms(text, stopWords) : TermExtractor.stems(text, stopWords);
            boolean named = QuestionIdentifiers.namesAny(text);
            candidates.add(new SentenceCandidate(
                    passage,
                    rank,
                    position++,
                    span,
                    text,
                    terms,
                    row ? Set.of() : before,
                    row || named ? "" : subject,
                    row,
                    span.start() >= mail.repliesAt() && !row));
            if (named) {
                subject = text.length() <= MAX_VALUE_NAME && !SentenceCandidate.isSentence(text) ? text : "";
            }
            before = terms;
        }
    }

    private static boolean contains(Span row, Span piece) {
        return row.start() <= piece.start() && piece.end() <= row.end();
    }

    /** The names of columns alone answer nothing: they are left out if the passage has rows. */
    private static List<Span> pieces(QuotablePassage passage, List<Span> rows, MailParts mail) {
        TableContext table = passage.table();
        List<Span> pieces = new ArrayList<>();
        int from = addHead(passage, mail.head(), pieces);
        if (table == null || rows.isEmpty()) {
            addSentences(passage, new Span(from, passage.text().length()), pieces);
        } else {
            List<Span> lines = new ArrayList<>(rows);
            List<Span> headers = table.headers(passage.text());
            lines.addAll(headers);
            lines.sort(Comparator.comparingInt(Span::start));
            int at = from;
            for (Span line : lines) {
                addSentences(passage, new Span(at, Math.max(at, line.start())), pieces);
                if (!headers.contains(line)) {
                    pieces.addAll(LongTextDivider.divide(passage.text(), line, MAX_LENGTH));
                }
                at = line.end();
            }
            addSentences(passage, new Span(at, passage.text().length()), pieces);
        }
        return pieces.subList(0, Math.min(pieces.size(), MAX_PER_PASSAGE));
    }

    /** The head of a mail is one piece: who wrote to whom and when. Returns where the rest of the passage begins. */
    private static int addHead(QuotablePassage passage, @Nullable Span head, List<Span> pieces) {
        Span fields = MailParts.withoutSubject(passage.text(), head);
        if (fields == null || fields.length() > MAX_LENGTH) {
            return 0;
        }
        pieces.add(fields);
        return fields.end();
    }

    private static void addSentences(QuotablePassage passage, Span stretch, List<Span> pieces) {
        String text = passage.text();
        for (Span sentence : completed(text, sentences(text, stretch, passage.language()))) {
            pieces.addAll(LongTextDivider.divide(text, sentence, MAX_LENGTH));
        }
    }

    private static List<Span> sentences(String text, Span stretch, String language) {
        return SentenceSplitter.of(stretch.in(text), language).stream()
                .map(span -> new Span(stretch.start() + span.start(), stretch.start() + span.end()))
                .toList();
    }

    /** A sentence that ends with a colon says nothing without the one that it announces, nor does a heading without the value below it. */
    private static List<Span> completed(String text, List<Span> sentences) {
        List<Span> completed = new ArrayList<>();
        for (Span sentence : sentences) {
            Span last = completed.isEmpty() ? sentence : completed.getLast();
            boolean announced = !completed.isEmpty()
                    && (":：".indexOf(text.charAt(last.end() - 1)) >= 0 || isValueOf(sentence.in(text), last.in(text)));
            if (announced && sentence.end() - last.start() <= MAX_LENGTH) {
                completed.removeLast();
                completed.add(new Span(last.start(), sentence.end()));
            } else {
                completed.add(sentence);
            }
        }
        return completed;
    }

    /** Whether a line has nothing but a number, with a unit perhaps, and stands below a line that has none. */
    private static boolean isValueOf(String line, String above) {
        return line.length() <= MAX_VALUE
                && Character.isDigit(line.codePointAt(0))
                && WordTokenizer.of(line).size() <= MAX_VALUE_WORDS
                && line.indexOf('.') == line.lastIndexOf('.')
                && above.length() <= MAX_VALUE_NAME
                && above.chars().noneMatch(Character::isDigit)
                && !SentenceSplitter.hasEndMark(above);
    }
}
