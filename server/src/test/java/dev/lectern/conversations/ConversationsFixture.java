package dev.lectern.conversations;

import dev.lectern.shared.Caller;
import dev.lectern.shared.IdGenerator;
import dev.lectern.storage.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The module's services on a fresh database, with a clock that moves by a second each time it is read. */
public final class ConversationsFixture {
    public static final Caller ANNA = new Caller.Visitor("anna");
    public static final Caller BORIS = new Caller.Visitor("boris");

    public final ConversationService conversationService;
    public final MessageService messageService;
    public final TurnService turnService;
    public final List<Object> published = new ArrayList<>();
    public final JdbcClient jdbc;

    public ConversationsFixture(TestDatabase database) {
        jdbc = database.jdbc();
        Clock clock = new SteppingClock();
        IdGenerator ids = new IdGenerator(clock, new Random(7));
        ConversationRepository conversationRepository = new ConversationRepository(jdbc);
        MessageRepository messageRepository = new MessageRepository(jdbc, clock);
        conversationService = new ConversationService(conversationRepository, ids, clock, published::add);
        messageService = new MessageService(conversationService, conversationRepository, messageRepository);
        turnService = new TurnService(
                conversationService,
                conversationRepository,
                messageRepository,
                new TurnRepository(jdbc, database.nodes()),
                database.transactions(),
                ids,
                clock);
    }

    private static final class SteppingClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public synchronized Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
