package dev.lectern.conversations;

import dev.lectern.shared.Caller;
import dev.lectern.shared.IdGenerator;
import dev.lectern.storage.NodeRegistry;
import dev.lectern.storage.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

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
        this(database.jdbc(), database.transactions(), database.nodes());
    }

    ConversationsFixture(JdbcClient jdbc, TransactionTemplate transactions, NodeRegistry nodes) {
        this.jdbc = jdbc;
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
                new TurnRepository(jdbc, nodes),
                transactions,
                ids,
                clock);
    }

    /** Carries out every statement about the age of conversations once. */
    public void deleteOlderThan(Instant before) {
        ExpiredConversationRepository expired = new ExpiredConversationRepository(jdbc);
        expired.claim(before, ConversationCleaner.PAUSE);
        List<ExpiredConversationRepository.Candidate> found = expired.findBefore(before, null, 1);
        found.forEach(one -> expired.findBefore(before, one, 1));
        found.forEach(expired::delete);
        expired.addUnrecorded(found.size());
        expired.takeUnrecorded();
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
