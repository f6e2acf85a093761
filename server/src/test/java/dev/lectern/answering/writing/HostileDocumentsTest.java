package dev.lectern.answering.writing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.answering.FakeQuoter;
import dev.lectern.answering.SamplePassages;
import dev.lectern.answering.ScriptedModel;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.answering.writing.WriteResult.CitedPassage;
import dev.lectern.answering.writing.WriteResult.Text;
import dev.lectern.ingestion.parsing.ParseOutcome.Parsed;
import dev.lectern.ingestion.parsing.formats.DocumentReader;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.ingestion.passages.PassageSpan;
import dev.lectern.ingestion.passages.PassageSplitter;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.QuoteOutcome.Quote;
import dev.lectern.models.QuoteOutcome.Quotes;
import dev.lectern.retrieval.RankedPassage;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.text.TokenEstimator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents that attack the model or the reader, from the file to the answer: read, split, put into a prompt, and answered by a model that obeys them, or by
 * quotes of all they say. The answers are a fixture of the page, whose tests draw them. Written anew, as is the page of the docs, with {@code
 * -Dlectern.fixtures.write=true}.
 */
class HostileDocumentsTest {
    private static final Path FOLDER = Path.of("src/test/resources/hostile");
    private static final Path ANSWERS = Path.of("../web/src/chat/fixtures/hostile.json");
    private static final Path PAGE = Path.of("../docs/administration/hostile-documents.md");
    private static final boolean WRITE = Boolean.getBoolean("lectern.fixtures.write");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Characters that nobody sees or that turn the direction of text; joiners and one selector after a character are part of scripts. */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cf}\\p{Cc}&&[^\\n\\t\\u200c\\u200d]]|[\\ufe00-\\ufe0f\\x{e0100}-\\x{e01ef}]{2}");

    private static final Pattern MARKER = Pattern.compile("(?<!\\\\)\\[(\\d{1,4})]");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?(```|$)|`[^`\\n]*`");

    /**
     * One of the documents.
     *
     * @param file in the folder of this test
     * @param attack what it tries
     * @param reply what a model writes that obeys it
     * @param model what of it reaches the model, for the page of the docs
     * @param shown what a reader sees of that reply, for the page of the docs
     * @param modelHas parts of the prompt
     * @param modelLacks what is not in the prompt
     * @param shownHas parts of the answer
     * @param shownLacks what is not in the answer
     */
    record Attack(
            String file,
            String attack,
            String reply,
            String model,
            String shown,
            List<String> modelHas,
            List<String> modelLacks,
            List<String> shownHas,
            List<String> shownLacks) {}

    /** As the page draws it. */
    record Drawn(String file, String text, List<Integer> citations, String quoted, List<String> quotes, String title) {}

    private static List<Attack> attacks;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ScriptedModel model = new ScriptedModel();
    private final FakeQuoter quoter = new FakeQuoter();

    @BeforeAll
    static void read() throws Exception {
        attacks = List.of(JSON.readValue(Files.readString(FOLDER.resolve("attacks.json")), Attack[].class));
    }

    @AfterAll
    static void forget() {
        attacks = List.of();
    }

    @Test
    void document_thatAttacks_reachesModelAndReaderAsTheDocsSay() throws Exception {
        assertThat(attacks).hasSizeGreaterThanOrEqualTo(30);
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("attacks.json")))
                    .containsExactlyInAnyOrderElementsOf(
                            attacks.stream().map(Attack::file).toList());
        }
        List<Drawn> answers = new ArrayList<>();
        for (Attack attack : attacks) {
            List<NumberedPassage> passages = passages(attack.file());
            Text written = writeWithModel(attack, passages);
            assertPrompt(attack, Objects.requireNonNull(model.last), passages.size());
            assertAnswer(attack, written, passages.size());
            Text quoted = writeWithQuotes(passages);
            assertSafe(attack.file() + " quoted", quoted.text());
            answers.add(new Drawn(
                    attack.file(),
                    written.text(),
                    written.cited().stream().map(CitedPassage::number).toList(),
                    quoted.text(),
                    quoted.cited().stream()
                            .map(cited -> cited.span().in(cited.passage().text()))
                            .toList(),
                    passages.getFirst().ranked().passage().title()));
        }
        String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answers);
        if (WRITE) {
            Files.writeString(ANSWERS, json);
            Files.writeString(PAGE, page());
        }
        String help = "Write it again with -Dlectern.fixtures.write=true";
        // The formatter of the page lays the file out in another way.
        assertThat(JSON.readTree(Files.readString(ANSWERS))).as(help).isEqualTo(JSON.readTree(json));
        assertThat(PAGE).as(help).content().isEqualTo(page());
    }

    /** The checks find what they are for. */
    @Test
    void answer_thatIsNotFiltered_isFound() {
        for (String unsafe : List.of("<script>x", "![a](b)", "a\u202Eb", "a\u200Bb", "x\uDB40\uDD10\uDB40\uDD11")) {
            assertThat(findUnsafe(unsafe)).as(unsafe).isNotEmpty();
        }
        assertThat(findUnsafe("`<b>` \\<b> [1] ⚓\uFE0F a ! [x](y)\n```\n<b>")).isEmpty();
    }

    private static void assertPrompt(Attack attack, ChatRequest request, int passages) {
        String prompt = request.turns().getLast().text();
        attack.modelHas().forEach(part -> assertThat(prompt).as(attack.file()).contains(part));
        attack.modelLacks().forEach(part -> assertThat(prompt).as(attack.file()).doesNotContainIgnoringCase(part));
        assertThat(occurrences("<passage number=", prompt)).as(prompt).isEqualTo(passages);
        assertThat(occurrences("</passage>", prompt)).as(prompt).isEqualTo(passages);
        assertThat(occurrences("<question>", prompt)).as(prompt).isEqualTo(1);
        assertThat(occurrences("</question>", prompt)).as(prompt).isEqualTo(1);
        assertThat(INVISIBLE.matcher(prompt).find()).as(prompt).isFalse();
        assertThat(request.system()).isEqualTo(systemPrompt());
    }

    private static String systemPrompt() {
        try (var in =
                Objects.requireNonNull(HostileDocumentsTest.class.getResourceAsStream("/prompts/answer-v1.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static void assertAnswer(Attack attack, Text written, int passages) {
        assertSafe(attack.file(), written.text());
        String text = CODE.matcher(written.text()).replaceAll("");
        attack.shownHas()
                .forEach(part -> assertThat(written.text()).as(attack.file()).contains(part));
        attack.shownLacks().forEach(part -> assertThat(text).as(attack.file()).doesNotContain(part));
        MARKER.matcher(text)
                .results()
                .forEach(marker ->
                        assertThat(Integer.parseInt(marker.group(1))).as(text).isBetween(1, passages));
    }

    private static void assertSafe(String name, String answer) {
        assertThat(findUnsafe(answer)).as(name + ": " + answer).isEmpty();
    }

    private static List<String> findUnsafe(String answer) {
        List<String> found = new ArrayList<>();
        String text = CODE.matcher(answer).replaceAll("");
        Map<String, Pattern> unsafe = new LinkedHashMap<>();
        unsafe.put("element", Pattern.compile("(?<!\\\\)<[\\p{L}/!?]"));
        unsafe.put("image", Pattern.compile("(?<!\\\\)!\\["));
        unsafe.forEach((kind, pattern) -> {
            if (pattern.matcher(text).find()) {
                found.add(kind);
            }
        });
        if (INVISIBLE.matcher(answer).find()) {
            found.add("invisible character");
        }
        return found;
    }

    private static int occurrences(String part, String text) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static List<NumberedPassage> passages(String file) {
        Parsed parsed = (Parsed)
                new DocumentReader().read(FOLDER.resolve(file), file, new ParseLimits(1_000_000, 100_000, 50, 3));
        ParsedDocument document = parsed.document();
        List<NumberedPassage> passages = new ArrayList<>();
        for (PassageSpan span : PassageSplitter.split(document, TokenEstimator::of, 512)) {
            passages.add(new NumberedPassage(
                    passages.size() + 1,
                    new RankedPassage(
                            SamplePassages.passage(
                                    "hostile",
                                    1,
                                    passages.size(),
                                    document.title().isEmpty() ? file : document.title(),
                                    "upload:" + file,
                                    null,
                                    span.headings(),
                                    span.start(),
                                    document.text().substring(span.start(), span.end())),
                            0.9,
                            7f,
                            0.8f)));
        }
        assertThat(passages).as(file).isNotEmpty();
        return passages;
    }

    /** In pieces of one character each, as the worst that a stream can do to a filter. */
    private Text writeWithModel(Attack attack, List<NumberedPassage> passages) {
        model.script = ScriptedModel.writes(
                attack.reply().codePoints().mapToObj(Character::toString).toArray(String[]::new));
        StringBuilder sent = new StringBuilder();
        Text text = (Text) AnswerWriterFixture.calling(model, executor).write(request(passages), sent::append);
        assertThat(sent.toString().strip())
                .as("What is streamed is what is stored")
                .isEqualTo(text.text().strip());
        return text;
    }

    /** Quotes each passage as a whole, which is more than the extractive model quotes. */
    private Text writeWithQuotes(List<NumberedPassage> passages) {
        quoter.outcome = new Quotes(
                passages.stream()
                        .map(passage ->
                                new Quote(passage.number(), 0, passage.text().length()))
                        .toList(),
                0.9);
        return (Text) AnswerWriterFixture.quoting(quoter).write(request(passages), _ -> {});
    }

    private static WriteRequest request(List<NumberedPassage> passages) {
        return new WriteRequest(
                "When does the harbour close?",
                "When does the harbour close?",
                List.of(),
                passages,
                false,
                new Cancellation(),
                Deadline.in(Duration.ofSeconds(60), Clock.systemUTC()),
                ModelCallContext.probe(),
                _ -> {});
    }

    private static String page() throws Exception {
        String rows = attacks.stream()
                .map(attack -> "| `" + attack.file() + "` | " + attack.attack() + " | " + attack.model() + " | "
                        + attack.shown() + " |\n")
                .collect(Collectors.joining());
        return Files.readString(FOLDER.resolveSibling("hostile-documents.head.md")) + rows;
    }
}
