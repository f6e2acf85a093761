package dev.lectern.observability;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.lectern.observability.LogContextMarkers.RequestMark;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.observability.spi.LogContext.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Looks at every line that is logged in the JVM of the tests, and notes those that are logged for a request, a turn or a job without its id. What a thread
 * works for is known from {@link LogContextMarkers} and from the methods on its stack, not from the ids themselves.
 */
final class LogContextCheck extends AppenderBase<ILoggingEvent> {
    private static final LogContextCheck CHECK = new LogContextCheck();
    private static final String PRODUCT = "dev.lectern.";
    private static final String OF_THE_CHECK = LogContextCheck.class.getName() + ".";

    /** Where the work for a turn or a job begins, and what the lines that are written below it carry. */
    private static final Map<String, Set<Field>> ENTRIES = Map.of(
            "dev.lectern.answering.streams.TurnRunner.run", Set.of(Field.ANSWER),
            "dev.lectern.answering.streams.TurnRunner.supervise", Set.of(Field.ANSWER),
            "dev.lectern.answering.SynchronousAnswerer.run", Set.of(Field.ANSWER),
            "dev.lectern.ingestion.pipeline.TaskWorker.process", Set.of(Field.JOB, Field.DOCUMENT),
            "dev.lectern.ingestion.pipeline.CommitBatcher.commitEach", Set.of(Field.JOB, Field.DOCUMENT),
            "dev.lectern.ingestion.pipeline.TaskOutcomes.handleFailure", Set.of(Field.JOB, Field.DOCUMENT),
            "dev.lectern.ingestion.sources.ScanWorker.scan", Set.of(Field.JOB));

    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final List<Consumer<Line>> listeners = new CopyOnWriteArrayList<>();

    /** A line that was logged. */
    record Line(String logger, String level, String message, Map<String, String> ids, String thread) {
        String id(Field key) {
            return ids.getOrDefault(key.field(), "");
        }
    }

    /** Begins to look, or goes on after a starting server has configured the log anew. */
    static void attach() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        synchronized (CHECK) {
            if (!root.isAttached(CHECK)) {
                CHECK.setContext(context);
                CHECK.start();
                root.addAppender(CHECK);
            }
        }
    }

    /** What was noted since the last call. */
    static List<String> takeViolations() {
        List<String> taken = new ArrayList<>();
        for (String one = CHECK.violations.poll(); one != null; one = CHECK.violations.poll()) {
            taken.add(one);
        }
        return taken;
    }

    static void addListener(Consumer<Line> listener) {
        CHECK.listeners.add(listener);
    }

    static void removeListener(Consumer<Line> listener) {
        CHECK.listeners.remove(listener);
    }

    @Override
    protected void append(ILoggingEvent event) {
        Line line = new Line(
                event.getLoggerName(),
                event.getLevel().toString(),
                event.getFormattedMessage(),
                Map.copyOf(event.getMDCPropertyMap()),
                event.getThreadName());
        List<String> missing = missing(line);
        if (!missing.isEmpty()) {
            violations.add("%s %s [%s] %s: without %s, has %s"
                    .formatted(line.level(), line.logger(), line.thread(), line.message(), missing, line.ids()));
        }
        listeners.forEach(listener -> listener.accept(line));
    }

    private static List<String> missing(Line line) {
        List<String> stack = StackWalker.getInstance()
                .walk(frames -> frames.map(frame -> frame.getClassName() + "." + frame.getMethodName())
                        .toList());
        List<String> missing = ENTRIES.entrySet().stream()
                .filter(entry -> stack.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .distinct()
                .filter(key -> line.id(key).isEmpty())
                // The end of a job is written below the end of its last document, and is not about that document.
                .filter(key -> key != Field.DOCUMENT || !line.message().startsWith("Job completed"))
                .map(Field::field)
                .collect(Collectors.toCollection(ArrayList::new));
        if (stack.contains(BackgroundTask.class.getName() + ".run")) {
            return missing;
        }
        RequestMark request = LogContextMarkers.request();
        if (request != null
                && isOfTheProgram(request, stack)
                && !request.accept(line.ids().get(Field.REQUEST.field()))) {
            missing.add(Field.REQUEST.field());
        }
        String turn = LogContextMarkers.turn();
        if (turn != null && !turn.equals(line.id(Field.ANSWER))) {
            missing.add(Field.ANSWER.field() + " " + turn);
        }
        return missing;
    }

    /** A thread that a library starts during a request, such as one of a connection pool, works for all requests. */
    private static boolean isOfTheProgram(RequestMark request, List<String> stack) {
        return Thread.currentThread().equals(request.thread)
                || stack.stream().anyMatch(frame -> frame.startsWith(PRODUCT) && !frame.startsWith(OF_THE_CHECK));
    }
}
