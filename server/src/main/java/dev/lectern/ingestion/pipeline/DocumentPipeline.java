package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.parsing.DocumentParser;
import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.passages.EmbeddingInput;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.ingestion.passages.PassageSpan;
import dev.lectern.ingestion.passages.PassageSplitter;
import dev.lectern.library.Block;
import dev.lectern.library.DocumentText.Heading;
import dev.lectern.library.DocumentText.PageStart;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.update.PendingDocument;
import dev.lectern.library.update.PreparedDocument;
import dev.lectern.library.update.PreparedDocument.PreparedPassage;
import dev.lectern.library.update.TitleSource;
import dev.lectern.models.Embedder;
import dev.lectern.models.LanguageDetector;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Turns the bytes of one document into passages with stored embeddings: parse, split, detect the languages, embed. */
@Component
class DocumentPipeline {
    /** Shorter passages get the language of their document: they are too short to detect one. */
    private static final int MIN_DETECTABLE_LENGTH = 200;

    /** Characters at the beginning of a document that are used to detect its language. */
    private static final int LANGUAGE_SAMPLE = 4_000;

    private final DocumentParser parser;
    private final Embedder embedder;
    private final LanguageDetector languages;
    private final OriginalStore originals;
    private final EmbeddingRepository keys;
    private final DeduplicatingEmbedder embedding;
    private final IngestionProperties properties;
    private final InstantSource clock;

    DocumentPipeline(
            DocumentParser parser,
            Embedder embedder,
            ObjectProvider<LanguageDetector> languages,
            OriginalStore originals,
            EmbeddingRepository keys,
            DeduplicatingEmbedder embedding,
            IngestionProperties properties,
            InstantSource clock) {
        this.parser = parser;
        this.embedder = embedder;
        this.languages = languages.getIfAvailable(() -> text -> LanguageDetector.UNDETERMINED);
        this.originals = originals;
        this.keys = keys;
        this.embedding = embedding;
        this.properties = properties;
        this.clock = clock;
    }

    /** The result for one document. */
    sealed interface Outcome {
        record Prepared(PreparedDocument document) implements Outcome {}

        record Rejected(String code, String reason) implements Outcome {}

        /**
         * The document is large, and as many large ones are at work as may be.
         *
         * @param embedded passages with an embedding, 0 to {@code passages}
         */
        record Postponed(int embedded, int passages) implements Outcome {}
    }

    /**
     * Prepares a document. Blocks until every passage has a stored embedding.
     *
     * @param context of the embedding calls
     * @param progress is told how far the document is
     * @throws LecternException whatever parser and embedder throw; SHUTTING_DOWN when it was cancelled
     */
    Outcome prepare(
            PendingDocument pending, ModelCallContext context, TaskProgress progress, Cancellation cancellation) {
        ParseOutcome outcome = pending.plain() ? readPlain(pending) : parse(pending);
        return switch (outcome) {
            case ParseOutcome.Rejected(var code, String sentence) ->
                new Outcome.Rejected(code.name().toLowerCase(Locale.ROOT), sentence);
            case ParseOutcome.Parsed(ParsedDocument document, String mediaType) ->
                splitAndEmbed(pending, document, mediaType, context, progress, cancellation);
        };
    }

    private ParseOutcome parse(PendingDocument pending) {
        return parser.parse(findOriginal(pending), pending.name(), Deadline.in(properties.parseTime(), clock));
    }

    /** A missing original is the storage's fault: the parser would blame the document. */
    private Path findOriginal(PendingDocument pending) {
        Path file = originals.file(pending.hash());
        if (!Files.isReadable(file)) {
            throw originalUnavailable(null);
        }
        return file;
    }

    private static LecternException originalUnavailable(@Nullable IOException cause) {
        return new LecternException(
                ErrorCode.ORIGINALS_UNAVAILABLE,
                "The original of this document is missing or cannot be read. Check the storage of the originals, or add the document again.",
                cause);
    }

    /** Reads a title line, an empty line and text. */
    private ParseOutcome readPlain(PendingDocument pending) {
        try {
            String whole = Files.readString(findOriginal(pending));
            int end = whole.indexOf("\n\n");
            String title = whole.substring(0, end);
            String text = whole.substring(end + 2).strip();
            List<Block> blocks =
                    text.isEmpty() ? List.of() : List.of(new Block(Block.Type.PARAGRAPH, 0, text.length(), 0, null));
            ParsedDocument document = title.isBlank()
                    ? new ParsedDocument(pending.name(), TitleSource.FILE_NAME, text, blocks)
                    : new ParsedDocument(title, text, blocks);
            return new ParseOutcome.Parsed(document, "text/plain");
        } catch (IOException e) {
            throw originalUnavailable(e);
        }
    }

    private Outcome splitAndEmbed(
            PendingDocument pending,
            ParsedDocument document,
            String mediaType,
            ModelCallContext context,
            TaskProgress progress,
            Cancellation cancellation) {
        Embedder model = embedder.resolve();
        List<PassageSpan> spans = PassageSplitter.split(document, model::countTokens, model.maxTokens());
        String text = document.text();
        String language = languages.detect(text.substring(0, Math.min(text.length(), LANGUAGE_SAMPLE)));
        Map<String, String> texts = new LinkedHashMap<>();
        List<PreparedPassage> passages = new ArrayList<>(spans.size());
        for (PassageSpan passage : spans) {
            String body = text.substring(passage.start(), passage.end());
            String embedded = EmbeddingInput.format(document.title(), passage.headings(), passage.tableHeader(), body);
            String key = keys.key(embedded);
            texts.put(key, embedded);
            passages.add(new PreparedPassage(
                    body.length() < MIN_DETECTABLE_LENGTH ? language : languages.detect(body),
                    passage.headings(),
                    passage.tableHeader(),
                    passage.page(),
                    passage.start(),
                    passage.end(),
                    key));
        }
        Map<String, Integer> counts = new HashMap<>();
        passages.forEach(passage -> counts.merge(passage.embedding(), 1, Integer::sum));
        texts.keySet().retainAll(keys.findMissing(model.fingerprint(), texts.keySet()));
        int embedded = passages.size() - count(texts.keySet(), counts);
        if (!progress.admit(texts.size())) {
            return new Outcome.Postponed(embedded, passages.size());
        }
        progress.begin(embedded, passages.size());
        embedding.ensureEmbedded(
                model,
                texts,
                context,
                cancellation,
                (stored, calculated) -> progress.add(count(stored, counts), calculated));
        return new Outcome.Prepared(new PreparedDocument(
                pending.id(),
                pending.uri(),
                pending.hash(),
                document.title(),
                document.titleSource(),
                mediaType,
                text,
                headings(document),
                pages(document),
                document.blocks(),
                document.lines(),
                document.notices(),
                passages,
                document.metadata()));
    }

    /** Passages whose text has one of these keys; several passages may have the same text. */
    private static int count(Collection<String> some, Map<String, Integer> counts) {
        return some.stream().mapToInt(key -> counts.getOrDefault(key, 0)).sum();
    }

    private static List<Heading> headings(ParsedDocument document) {
        return document.blocks().stream()
                .filter(block -> block.type() == Block.Type.HEADING)
                .map(block -> new Heading(block.level(), block.in(document.text()), block.start()))
                .toList();
    }

    private static List<PageStart> pages(ParsedDocument document) {
        List<PageStart> pages = new ArrayList<>();
        for (Block block : document.blocks()) {
            Integer page = block.page();
            if (page != null && (pages.isEmpty() || pages.getLast().page() != page)) {
                pages.add(new PageStart(page, block.start()));
            }
        }
        return pages;
    }
}
