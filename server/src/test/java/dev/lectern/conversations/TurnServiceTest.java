package dev.lectern.conversations;

import static dev.lectern.conversations.ConversationServiceTest.expect;
import static dev.lectern.conversations.ConversationsFixture.ANNA;
import static dev.lectern.conversations.ConversationsFixture.BORIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.conversations.Message.Status;
import dev.lectern.conversations.StartedTurn.PastTurn;
import dev.lectern.http.Page;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryDatabase
class TurnServiceTest {
    private static final AnswerOutcome ANSWERED = new AnswerOutcome("answered", null, "openai:one");

    private final DatabaseEngine databaseEngine;
    private TestDatabase database;
    private ConversationsFixture fixture;
    private ConversationId conversation;

    TurnServiceTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        database = databaseEngine.open(folder);
        fixture = new ConversationsFixture(database);
        conversation = fixture.conversationService.create(ANNA, null, List.of()).id();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void begin_firstQuestion_namesTheConversation() {
        ask("How many days of annual leave does a part-time employee of the company have in the first year?");
        assertThat(fixture.conversationService.find(ANNA, conversation).title())
                .isEqualTo("How many days of annual leave does a part-time employee of…");
    }

    @Test
    void begin_later_keepsTheNameAndGivesTheHistoryInOrder() {
        ask("First?");
        ask("Second?");
        StartedTurn third = fixture.turnService.begin(ANNA, conversation, "Third?", null);
        assertThat(third.history()).extracting(PastTurn::question).containsExactly("First?", "Second?");
        assertThat(third.history())
                .extracting(turn -> turn.answer().content())
                .containsExactly("Answer to First?", "Answer to Second?");
        assertThat(fixture.conversationService.find(ANNA, conversation).title()).isEqualTo("First?");
    }

    @Test
    void begin_whileAnotherIsWritten_conflicts() {
        fixture.turnService.begin(ANNA, conversation, "One?", null);
        expect(ErrorCode.CONFLICT, () -> fixture.turnService.begin(ANNA, conversation, "Two?", null));
    }

    @Test
    void begin_inParallel_letsOneIn() throws Exception {
        Callable<Boolean> ask = () -> {
            try {
                fixture.turnService.begin(ANNA, conversation, "Me?", null);
                return true;
            } catch (LecternException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
                return false;
            }
        };
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = executor.invokeAll(Stream.generate(() -> ask).limit(16).toList());
            int in = 0;
            for (var one : all) {
                in += one.get() ? 1 : 0;
            }
            assertThat(in).isEqualTo(1);
        }
    }

    @Test
    void begin_replacing_keepsWhatFollowedAsABranch() {
        StartedTurn first = ask("First?");
        StartedTurn second = ask("Second?");
        StartedTurn third = ask("Third?");
        StartedTurn edited = askInstead("Second, really?", second.question());

        Page<Message> present = fixture.messageService.page(ANNA, conversation, null, null, 50);
        assertThat(present.items())
                .extracting(Message::id)
                .containsExactly(edited.answer(), edited.question(), first.answer(), first.question());
        assertThat(present.items().get(1).branches()).containsExactly(second.question(), edited.question());
        assertThat(present.items().get(3).branches()).isEmpty();
        assertThat(edited.history()).hasSize(1);

        Page<Message> earlier = fixture.messageService.page(ANNA, conversation, null, second.question(), 50);
        assertThat(earlier.items()).extracting(Message::id).startsWith(third.answer(), third.question());
        assertThat(earlier.items()).hasSize(6);
    }

    @Test
    void begin_replacingTheFirst_startsAgain() {
        StartedTurn first = ask("First?");
        StartedTurn edited = askInstead("Else?", first.question());
        assertThat(edited.history()).isEmpty();
        assertThat(fixture.messageService
                        .page(ANNA, conversation, null, null, 50)
                        .items())
                .hasSize(2);
    }

    @Test
    void begin_replacingWhatIsNoQuestionHere_isRefused() {
        StartedTurn first = ask("First?");
        expect(ErrorCode.INVALID_REQUEST, () -> askInstead("Else?", first.answer()));
        expect(ErrorCode.INVALID_REQUEST, () -> askInstead("Else?", new MessageId("unknown")));
        ConversationId other =
                fixture.conversationService.create(ANNA, null, List.of()).id();
        expect(ErrorCode.INVALID_REQUEST, () -> fixture.turnService.begin(ANNA, other, "Else?", first.question()));
    }

    @Test
    void page_before_goesOnToTheStart() {
        for (int i = 0; i < 5; i++) {
            ask("Question " + i);
        }
        Page<Message> newest = fixture.messageService.page(ANNA, conversation, null, null, 4);
        assertThat(newest.items()).hasSize(4);
        Page<Message> older = fixture.messageService.page(
                ANNA, conversation, new MessageId(Objects.requireNonNull(newest.next())), null, 6);
        assertThat(older.items()).hasSize(6);
        assertThat(older.next()).isNull();
        assertThat(older.items().getLast().content()).isEqualTo("Question 0");
        expect(
                ErrorCode.NOT_FOUND,
                () -> fixture.messageService.page(ANNA, conversation, new MessageId("unknown"), null, 6));
    }

    @Test
    void finish_twice_keepsTheFirst() {
        StartedTurn turn = ask("First?");
        assertThat(fixture.turnService.finish(turn.answer(), Status.FAILED, "", "{}", AnswerOutcome.INTERRUPTED))
                .isFalse();
        assertThat(outcome(turn.answer())).isEqualTo(ANSWERED);
        assertThat(fixture.messageService
                        .find(ANNA, conversation, turn.answer())
                        .status())
                .isEqualTo(Status.COMPLETE);
    }

    @Test
    void interruptOrphans_marksWhatADeadProcessWrote_andNothingOfTheLiving() {
        StartedTurn turn = fixture.turnService.begin(ANNA, conversation, "First?", null);
        fixture.turnService.saveProgress(turn.answer(), "Half an ans");
        assertThat(fixture.turnService.interruptOrphanedAnswers()).isEmpty();
        database.signOff();
        assertThat(fixture.turnService.interruptOrphanedAnswers())
                .containsExactly(new InterruptedAnswer(turn.answer(), conversation, ANNA.id(), List.of()));
        assertThat(outcome(turn.answer())).isEqualTo(AnswerOutcome.INTERRUPTED);
        Message left = fixture.messageService.find(ANNA, conversation, turn.answer());
        assertThat(left.status()).isEqualTo(Status.INTERRUPTED);
        assertThat(left.content()).isEqualTo("Half an ans");
        ask("And now?");
    }

    @Test
    void completeOutcomes_answersOfAnOlderVersion_fillsTheColumnsInBatches() {
        List<StartedTurn> turns =
                List.of(ask("First?"), ask("Second?"), fixture.turnService.begin(ANNA, conversation, "Third?", null));
        fixture.jdbc
                .sql("UPDATE message SET answer_status = NULL, answer_reason = NULL, answer_model = NULL")
                .update();
        List<AnswerWithoutOutcome> seen = new ArrayList<>();
        Function<AnswerWithoutOutcome, AnswerOutcome> read = answer -> {
            seen.add(answer);
            return ANSWERED;
        };

        assertThat(fixture.turnService.completeOutcomes(1, read)).isEqualTo(1);
        assertThat(fixture.turnService.completeOutcomes(10, read)).isEqualTo(1);
        assertThat(fixture.turnService.completeOutcomes(10, read)).isZero();

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        new AnswerWithoutOutcome(turns.getFirst().answer(), Status.COMPLETE, "{}"),
                        new AnswerWithoutOutcome(turns.get(1).answer(), Status.COMPLETE, "{}"));
        assertThat(outcome(turns.getFirst().answer())).isEqualTo(ANSWERED);
        assertThat(outcome(turns.get(1).answer())).isEqualTo(ANSWERED);
    }

    @Test
    void rate_again_replaces() {
        StartedTurn turn = ask("First?");
        fixture.messageService.rate(ANNA, turn.answer(), new Feedback(Feedback.Rating.UP, "Good"));
        fixture.messageService.rate(ANNA, turn.answer(), new Feedback(Feedback.Rating.DOWN, null));
        assertThat(fixture.messageService
                        .find(ANNA, conversation, turn.answer())
                        .feedback())
                .isEqualTo(new Feedback(Feedback.Rating.DOWN, null));
    }

    @Test
    void rate_questionsOthersAnswersAndLongComments_areRefused() {
        StartedTurn turn = ask("First?");
        Feedback up = new Feedback(Feedback.Rating.UP, null);
        expect(ErrorCode.NOT_FOUND, () -> fixture.messageService.rate(BORIS, turn.answer(), up));
        expect(ErrorCode.NOT_FOUND, () -> fixture.messageService.rate(ANNA, turn.question(), up));
        expect(
                ErrorCode.INVALID_REQUEST,
                () -> fixture.messageService.rate(
                        ANNA, turn.answer(), new Feedback(Feedback.Rating.UP, "x".repeat(2_001))));
    }

    private StartedTurn ask(String question) {
        return finished(fixture.turnService.begin(ANNA, conversation, question, null), question);
    }

    private StartedTurn askInstead(String question, MessageId replaces) {
        return finished(fixture.turnService.begin(ANNA, conversation, question, replaces), question);
    }

    private StartedTurn finished(StartedTurn turn, String question) {
        assertThat(fixture.turnService.finish(turn.answer(), Status.COMPLETE, "Answer to " + question, "{}", ANSWERED))
                .isTrue();
        return turn;
    }

    private AnswerOutcome outcome(MessageId answer) {
        return fixture.jdbc
                .sql("SELECT answer_status, answer_reason, answer_model FROM message WHERE id = ?")
                .param(answer.value())
                .query((row, number) -> new AnswerOutcome(row.getString(1), row.getString(2), row.getString(3)))
                .single();
    }
}
