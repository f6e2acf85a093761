package dev.lectern.observability;

import dev.lectern.observability.LogContextCheck.Line;
import dev.lectern.observability.spi.LogContext.Field;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The lines that are logged from its creation until it is closed. */
public final class LogCapture implements AutoCloseable {
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Consumer<Line> listener = lines::add;

    public LogCapture() {
        LogContextCheck.attach();
        LogContextCheck.addListener(listener);
    }

    /** The messages of the lines that carry an id, in their order. */
    public List<String> messages(Field key, String id) {
        return messages(line -> List.of(line.id(key).split(",")).contains(id));
    }

    /** The values that the lines with a part of a message carry, each once. */
    public List<String> ids(Field key, String message) {
        return lines.stream()
                .filter(line -> line.message().contains(message))
                .map(line -> line.id(key))
                .distinct()
                .toList();
    }

    /** The messages that contain a text, in their order. */
    public List<String> messages(String part) {
        return messages(line -> line.message().contains(part));
    }

    private List<String> messages(Predicate<Line> wanted) {
        return lines.stream().filter(wanted).map(Line::message).toList();
    }

    @Override
    public void close() {
        LogContextCheck.removeListener(listener);
    }
}
