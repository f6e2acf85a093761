package dev.lectern.ingestion;

import dev.lectern.ingestion.parsing.DocumentParser;
import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.passages.Block;
import dev.lectern.ingestion.passages.CutPassage;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.ingestion.passages.PassageCutter;
import dev.lectern.ingestion.passages.PassageText;
import dev.lectern.library.DocumentText.Heading;
import dev.lectern.library.DocumentText.PageStart;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.update.PendingDocument;
import dev.lectern.library.update.PreparedDocument;
import dev.lectern.library.update.PreparedDocument.PreparedPassage;
import dev.lectern.models.Embedder;
import dev.lectern.models.LanguageDetector;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** From the bytes of one document to passages with stored embeddings. */
@Component
class Making {
    /** Passages shorter than this are taken to be in their document's language: too little to tell. */
    private static final int TELLING = 200;

    /** The beginning that tells a document's language. */
    private static final int SAMPLE = 4_000;

    private final DocumentParser parser;
    private final Embedder embedder;
    private final LanguageDetector languages;
    private final OriginalStore originals;
    private final EmbeddingRepository keys;
    private final Embedding embedding;
    private final IngestionProperties properties;
    private final InstantSource clock;

    Making(
            DocumentParser parser,
            Embedder embedder,
            ObjectProvider<LanguageDetector> languages,
            OriginalStore originals,
            EmbeddingRepository keys,
            Embedding embedding,
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

    /** What became of a document. */
    sealed interface Outcome {
        record Made(PreparedDocument document) implements Outcome {}

        record Refused(String code, String reason) implements Outcome {}
    }

    /**
     * Blocks until every passage has a stored embedding.
     *
     * @throws LecternException whatever parser and embedder throw; SHUTTING_DOWN when it was cancelled
     */
    Outcome make(PendingDocument pending, Cancellation cancellation) {
        ParseOutcome outcome = pending.plain() ? plain(pending) : parse(pending);
        return switch (outcome) {
            case ParseOutcome.Rejected(var code, String sentence) ->
                new Outcome.Refused(code.name().toLowerCase(Locale.ROOT), sentence);
            case ParseOutcome.Parsed(ParsedDocument document, String mediaType) ->
                new Outcome.Made(prepare(pending, document, mediaType, cancellation));
        };
    }

    private ParseOutcome parse(PendingDocument pending) {
        return parser.parse(originals.file(pending.hash()), pending.name(), Deadline.in(properties.parseTime(), clock));
    }

    /** A title line, an empty line and text. */
    private ParseOutcome plain(PendingDocument pending) {
        try {
            String whole = Files.readString(originals.file(pending.hash()));
            int end = whole.indexOf("\n\n");
            String title = whole.substring(0, end);
            String text = whole.substring(end + 2).strip();
            List<Block> blocks =
                    text.isEmpty() ? List.of() : List.of(new Block(Block.Kind.PARAGRAPH, 0, text.length(), 0, null));
            ParsedDocument document = new ParsedDocument(title.isBlank() ? pending.name() : title, text, blocks);
            return new ParseOutcome.Parsed(document, "text/plain");
        } catch (IOException e) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The original cannot be read. Check the permissions of the data folder.",
                    e);
        }
    }

    private PreparedDocument prepare(
            PendingDocument pending, ParsedDocument document, String mediaType, Cancellation cancellation) {
        Embedder model = embedder.resolve();
        List<CutPassage> cut = PassageCutter.cut(document, model::countTokens, model.maxTokens());
        String text = document.text();
        String language = languages.detect(text.substring(0, Math.min(text.length(), SAMPLE)));
        Map<String, String> texts = new LinkedHashMap<>();
        List<PreparedPassage> passages = new ArrayList<>(cut.size());
        for (CutPassage passage : cut) {
            String body = text.substring(passage.start(), passage.end());
            String embedded =
                    PassageText.forEmbedding(document.title(), passage.headings(), passage.tableHeader(), body);
            String key = keys.key(embedded);
            texts.put(key, embedded);
            passages.add(new PreparedPassage(
                    body.length() < TELLING ? language : languages.detect(body),
                    passage.headings(),
                    passage.tableHeader(),
                    passage.page(),
                    passage.start(),
                    passage.end(),
                    key));
        }
        embedding.ensure(model, texts, cancellation);
        return new PreparedDocument(
                pending.id(),
                pending.hash(),
                document.title(),
                mediaType,
                text,
                headings(document),
                pages(document),
                passages);
    }

    private static List<Heading> headings(ParsedDocument document) {
        return document.blocks().stream()
                .filter(block -> block.kind() == Block.Kind.HEADING)
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
