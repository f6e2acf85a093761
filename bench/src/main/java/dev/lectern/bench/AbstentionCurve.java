package dev.lectern.bench;

import dev.lectern.models.Embedder;
import dev.lectern.models.QuotablePassage;
import dev.lectern.models.QuoteOutcome;
import dev.lectern.models.QuoteOutcome.Quote;
import dev.lectern.models.QuoteOutcome.Quotes;
import dev.lectern.models.Quoter;
import dev.lectern.models.extractive.ExtractiveProperties;
import dev.lectern.models.extractive.SentenceQuoter;
import dev.lectern.models.onnx.OnnxEmbedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures answers and abstentions of extractive answering by minimum confidence: {@code AbstentionCurve QUESTIONS CORPUS…}. The folders are in BEIR's layout; the questions
 * of the first are asked of the corpora of the others, whose documents are passages, the ten nearest by embedding. One line a confidence: the share
 * of questions with an answer whose quotes hold it ({@code contained}) and that are refused ({@code false}), and the share refused of the questions without one ({@code correct}).
 */
public final class AbstentionCurve {
    private static final int PASSAGES = 10;
    private static final Clock CLOCK = Clock.systemUTC();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Document(QuotablePassage passage, String id, float[] embedding) {}

    private record Asked(double confidence, boolean answerable, boolean contained, int words, double millis) {}

    private AbstentionCurve() {}

    public static void main(String[] arguments) throws IOException {
        Path questions = Path.of(arguments[0]);
        Path libraries = Files.createTempDirectory("quoting-curve");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Embedder embedder = new UnrecordedEmbedder(OnnxEmbedder.bundled(libraries, CLOCK))) {
            List<Document> documents = new ArrayList<>();
            for (int i = 1; i < arguments.length; i++) {
                documents.addAll(documents(Path.of(arguments[i]), embedder));
            }
            print(asked(questions, documents, embedder), out);
        }
    }

    private static List<Asked> asked(Path folder, List<Document> documents, Embedder embedder) throws IOException {
        Quoter quoter = new SentenceQuoter(embedder, new ExtractiveProperties(0));
        Set<String> answerable = answerable(folder, documents);
        List<Asked> asked = new ArrayList<>();
        for (JsonNode question : lines(folder.resolve("queries.jsonl"))) {
            String text = question.get("text").asString();
            List<QuotablePassage> nearest =
                    nearest(embedder.embedQuestion(text, ModelCallContext.probe(), soon()), documents);
            long began = System.nanoTime();
            QuoteOutcome outcome = quoter.quote(text, nearest, false, ModelCallContext.probe(), soon());
            double millis = (System.nanoTime() - began) / 1e6;
            String said = said(outcome, nearest);
            asked.add(new Asked(
                    outcome.confidence(),
                    answerable.contains(question.get("_id").asString()),
                    holds(said, question.path("metadata").path("answers")),
                    said.split("\\s+").length,
                    millis));
        }
        return asked;
    }

    private static void print(List<Asked> asked, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d questions, %d with an answer; words p50 %.0f; ms p50 %.1f, p95 %.1f%n",
                asked.size(),
                asked.stream().filter(Asked::answerable).count(),
                quantile(asked.stream().mapToDouble(Asked::words).toArray(), 0.5),
                quantile(asked.stream().mapToDouble(Asked::millis).toArray(), 0.5),
                quantile(asked.stream().mapToDouble(Asked::millis).toArray(), 0.95));
        out.println("confidence  contained  false  correct");
        for (int hundredths = 50; hundredths <= 80; hundredths += 2) {
            double least = hundredths / 100.0;
            List<Asked> with = asked.stream().filter(Asked::answerable).toList();
            List<Asked> without =
                    asked.stream().filter(one -> !one.answerable()).toList();
            out.printf(
                    Locale.ROOT,
                    "%.2f        %.3f      %.3f  %.3f%n",
                    least,
                    share(
                            with.stream()
                                    .filter(one -> one.contained() && one.confidence() >= least)
                                    .count(),
                            with),
                    share(with.stream().filter(one -> one.confidence() < least).count(), with),
                    share(
                            without.stream()
                                    .filter(one -> one.confidence() < least)
                                    .count(),
                            without));
        }
    }

    private static double share(long count, List<Asked> of) {
        return of.isEmpty() ? 0 : count / (double) of.size();
    }

    private static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) (part * (sorted.length - 1))];
    }

    private static List<QuotablePassage> nearest(float[] question, List<Document> documents) {
        List<Document> nearest = documents.stream()
                .sorted(Comparator.comparingDouble((Document document) -> -cosine(question, document.embedding())))
                .limit(PASSAGES)
                .toList();
        List<QuotablePassage> passages = new ArrayList<>();
        for (Document document : nearest) {
            QuotablePassage passage = document.passage();
            double score = cosine(question, document.embedding());
            passages.add(new QuotablePassage(
                    passages.size() + 1, passage.title(), passage.text(), passage.language(), score));
        }
        return passages;
    }

    private static String said(QuoteOutcome outcome, List<QuotablePassage> passages) {
        StringBuilder said = new StringBuilder();
        if (outcome instanceof Quotes quotes) {
            for (Quote quote : quotes.quotes()) {
                String text = passages.get(quote.number() - 1).text();
                said.append(text, quote.start(), quote.end()).append(' ');
            }
        }
        return said.toString();
    }

    private static boolean holds(String said, JsonNode answers) {
        for (JsonNode answer : answers) {
            if (letters(said).contains(letters(answer.asString()))) {
                return true;
            }
        }
        return false;
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }

    private static List<Document> documents(Path folder, Embedder embedder) throws IOException {
        List<Document> documents = new ArrayList<>();
        for (JsonNode line : lines(folder.resolve("corpus.jsonl"))) {
            String title = line.path("title").asString("");
            String text = line.get("text").asString();
            float[] embedding = embedder.embedPassages(List.of(title + "\n" + text), ModelCallContext.probe(), soon())
                    .getFirst();
            documents.add(new Document(
                    new QuotablePassage(1, title, text, "en", 0),
                    folder.getFileName() + "/" + line.get("_id").asString(),
                    embedding));
        }
        return documents;
    }

    /** The questions with a relevant document among those that are searched. */
    private static Set<String> answerable(Path folder, List<Document> documents) throws IOException {
        Set<String> present = new HashSet<>();
        documents.forEach(document -> present.add(document.id()));
        Set<String> answerable = new HashSet<>();
        for (String line : Files.readAllLines(folder.resolve("qrels.tsv"))) {
            String[] row = line.split("\t", -1);
            if (present.contains(folder.getFileName() + "/" + row[1])) {
                answerable.add(row[0]);
            }
        }
        return answerable;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(1), CLOCK);
    }
}
