package dev.lectern.answering.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lectern.answering.Answer;
import dev.lectern.answering.AnswerTimings;
import dev.lectern.answering.FakeLibrary;
import dev.lectern.answering.FakeQuoter;
import dev.lectern.answering.FakeRetriever;
import dev.lectern.answering.ScriptedModel;
import dev.lectern.answering.turn.NumberedTurnEvent;
import dev.lectern.answering.turn.StopSignal;
import dev.lectern.answering.turn.Turn;
import dev.lectern.answering.turn.TurnEvent;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnEvent.Started;
import dev.lectern.answering.turn.TurnFixture;
import dev.lectern.answering.turn.TurnRequest;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.answering.view.AnswerPresenterFixture;
import dev.lectern.answering.writing.AnswerWriterFixture;
import dev.lectern.http.RequestId;
import dev.lectern.models.ChatReply.Finish;
import dev.lectern.retrieval.RetrievalResult.Evidence;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ModelCallContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The streams that the page is tested with are those that the server writes. When this fails because the server is meant to write something else, write
 * them anew with {@code -Dlectern.fixtures.write=true} and run the page's tests.
 */
class StreamFixturesTest {
    private static final Path FOLDER = Path.of("../web/src/chat/fixtures");
    private static final AnswerTimings TIMINGS = new AnswerTimings(7L, 9L, 30L, 42);
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /** What a model and the search do in one stream. */
    record Fixture(String name, Evidence evidence, Finish ending, ScriptedModel.Script script) {
        Fixture(String name, Evidence evidence, ScriptedModel.Script script) {
            this(name, evidence, Finish.COMPLETE, script);
        }

        Path file() {
            return FOLDER.resolve(name + ".sse");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Fixture> fixtures() {
        String sentence = "Employees receive 28 days of annual leave each year. [1]";
        return List.of(
                new Fixture(
                        "answered",
                        Evidence.ENOUGH,
                        ScriptedModel.writes("Employees receive 28 days ", "of annual leave each year. [1]")),
                new Fixture(
                        "unsupported",
                        Evidence.ENOUGH,
                        ScriptedModel.writes(sentence + " They must ask Ms Duval first.")),
                new Fixture("abstained", Evidence.WEAK, ScriptedModel.writes()),
                new Fixture(
                        "truncated",
                        Evidence.ENOUGH,
                        Finish.LENGTH,
                        ScriptedModel.writes(sentence + " Version 10\\.2.1 of the **agreement")),
                new Fixture("fallback", Evidence.ENOUGH, (_, _) -> {
                    throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "The model did not answer.");
                }),
                new Fixture("failed", Evidence.ENOUGH, (onText, _) -> {
                    onText.accept(sentence + " They ");
                    throw new LecternException(
                            ErrorCode.MODEL_UNAVAILABLE, "The model did not answer. Ask again in a minute.");
                }));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void fixtures_areWhatTheServerWrites(Fixture fixture) throws Exception {
        String written = ScopedValue.where(RequestId.CURRENT, "request-1").call(() -> stream(fixture));
        if (Boolean.getBoolean("lectern.fixtures.write")) {
            Files.writeString(fixture.file(), written);
        }
        assertThat(Files.readString(fixture.file()))
                .as("%s; -Dlectern.fixtures.write=true writes it anew", fixture.file())
                .isEqualTo(written);
    }

    private static String stream(Fixture fixture) {
        FakeLibrary library = new FakeLibrary();
        FakeRetriever retriever = new FakeRetriever();
        retriever.evidence = fixture.evidence();
        ScriptedModel model = new ScriptedModel();
        model.script = fixture.script();
        model.ending = fixture.ending();
        Recorder recorder = new Recorder(new TurnEventJson(AnswerPresenterFixture.presenter(library)));
        recorder.accept(new Started(new MessageId("m2"), new ConversationId("c1"), new MessageId("m1")));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Turn turn = TurnFixture.uncached(
                    retriever, AnswerWriterFixture.callingOrQuoting(model, new FakeQuoter(), executor), library, library);
            TurnRequest turnRequest = new TurnRequest(
                    new MessageId("m2"),
                    "How many days of leave?",
                    List.of(),
                    TestAccess.readable(Set.of(CollectionId.DEFAULT)),
                    Deadline.in(Duration.ofSeconds(60), Clock.systemUTC()),
                    ModelCallContext.probe());
            recorder.accept(timed(turn.run(turnRequest, new StopSignal(), recorder::accept)));
        }
        return recorder.text.toString();
    }

    private static End timed(End end) {
        Answer a = end.answer();
        Answer timed = new Answer(
                a.id(),
                a.status(),
                a.reason(),
                a.text(),
                a.citations(),
                a.unsupported(),
                a.model(),
                a.cached(),
                a.usage(),
                TIMINGS,
                a.nearest(),
                a.searched(),
                a.fallback(),
                a.truncated());
        return switch (end) {
            case Finished _ -> new Finished(timed);
            case Failed failed -> new Failed(failed.code(), failed.detail(), timed);
        };
    }

    /** A reader who takes each event as it comes. */
    private static final class Recorder {
        private final TurnEventJson json;
        private final StringBuilder text = new StringBuilder();
        private TurnState state = TurnState.EMPTY;
        private long seen;

        Recorder(TurnEventJson json) {
            this.json = json;
        }

        void accept(TurnEvent next) {
            state = state.with(next);
            for (NumberedTurnEvent event : state.after(seen)) {
                seen = event.id();
                text.append("id: ")
                        .append(event.id())
                        .append("\nevent: ")
                        .append(json.name(event.event()))
                        .append("\ndata: ")
                        .append(JSON.writeValueAsString(json.data(event.event(), new Caller.Visitor("test"))))
                        .append("\n\n");
            }
        }
    }
}
