package dev.lectern.conversations;

import static dev.lectern.conversations.ConversationsFixture.ANNA;
import static dev.lectern.conversations.ConversationsFixture.BORIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.http.Page;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryDatabase
class ConversationServiceTest {
    private final DatabaseEngine databaseEngine;
    private TestDatabase database;
    private ConversationsFixture fixture;
    private ConversationService conversationService;

    ConversationServiceTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        database = databaseEngine.open(folder);
        fixture = new ConversationsFixture(database);
        conversationService = fixture.conversationService;
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void find_ofSomebodyElse_isNotFound() {
        Conversation mine = conversationService.create(ANNA, "Leave", List.of(new CollectionId("hr")));

        assertThat(conversationService.find(ANNA, mine.id())).isEqualTo(mine);
        expect(ErrorCode.NOT_FOUND, () -> conversationService.find(BORIS, mine.id()));
        expect(ErrorCode.NOT_FOUND, () -> conversationService.rename(BORIS, mine.id(), "Mine"));
        expect(ErrorCode.NOT_FOUND, () -> conversationService.delete(BORIS, mine.id()));
        expect(ErrorCode.NOT_FOUND, () -> fixture.turnService.begin(BORIS, mine.id(), "Who?", null));
        expect(ErrorCode.NOT_FOUND, () -> fixture.messageService.page(BORIS, mine.id(), null, null, 10));
        assertThat(conversationService.page(BORIS, null, null, 10).items()).isEmpty();
    }

    @Test
    void page_byCursor_givesEachOnceNewestFirst() {
        List<ConversationId> made = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            made.addFirst(
                    conversationService.create(ANNA, "Number " + i, List.of()).id());
        }
        List<ConversationId> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page<Conversation> page = conversationService.page(ANNA, null, cursor, 10);
            page.items().forEach(conversation -> seen.add(conversation.id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(seen).isEqualTo(made);
        expect(ErrorCode.INVALID_REQUEST, () -> conversationService.page(ANNA, null, "!!", 10));
        expect(ErrorCode.INVALID_REQUEST, () -> conversationService.page(ANNA, null, null, 0));
        expect(ErrorCode.INVALID_REQUEST, () -> conversationService.page(ANNA, null, null, 201));
    }

    @Test
    void page_withWords_findsTitlesAndQuestionsInAnyCase() {
        Conversation leave = conversationService.create(ANNA, "Äpfel 100% of_all", List.of());
        Conversation asked = conversationService.create(ANNA, "Other", List.of());
        fixture.turnService.begin(ANNA, asked.id(), "What do ÄPFEL cost?", null);
        conversationService.create(ANNA, "Unrelated", List.of());

        assertThat(ids("äpfel")).containsExactly(asked.id(), leave.id());
        assertThat(ids("100%")).containsExactly(leave.id());
        assertThat(ids("0_0")).isEmpty();
    }

    @Test
    void rename_blankOrTooLong_isRefusedAndKeepsTheOldTitle() {
        Conversation mine = conversationService.create(ANNA, "Leave", List.of());
        expect(ErrorCode.INVALID_REQUEST, () -> conversationService.rename(ANNA, mine.id(), "  "));
        expect(ErrorCode.INVALID_REQUEST, () -> conversationService.rename(ANNA, mine.id(), "x".repeat(201)));
        assertThat(conversationService.find(ANNA, mine.id()).title()).isEqualTo("Leave");
        assertThat(conversationService
                        .rename(ANNA, mine.id(), " Annual\n leave ")
                        .title())
                .isEqualTo("Annual leave");
    }

    @Test
    void delete_leavesNothingBehind() {
        Conversation mine = conversationService.create(ANNA, null, List.of());
        StartedTurn turn = fixture.turnService.begin(ANNA, mine.id(), "How many days?", null);
        fixture.turnService.finish(
                turn.answer(),
                Message.Status.COMPLETE,
                "28 [1]",
                "{}",
                new AnswerOutcome("answered", null, "extractive"));
        fixture.messageService.rate(ANNA, turn.answer(), new Feedback(Feedback.Rating.UP, "Good"));

        conversationService.delete(ANNA, mine.id());

        for (String table : List.of("conversation", "message", "feedback")) {
            assertThat(fixture.jdbc
                            .sql("SELECT COUNT(*) FROM " + table)
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        assertThat(fixture.published).containsExactly(new ConversationDeletedEvent(mine.id()));
        assertThat(fixture.turnService.saveProgress(turn.answer(), "more")).isFalse();
        expect(ErrorCode.NOT_FOUND, () -> conversationService.delete(ANNA, mine.id()));
    }

    private List<ConversationId> ids(String query) {
        return conversationService.page(ANNA, query, null, 10).items().stream()
                .map(Conversation::id)
                .toList();
    }

    static void expect(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
