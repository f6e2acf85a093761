package dev.lectern.http;

import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens event streams. The controller method occupies its (virtual) thread until the stream ends:
 *
 * <pre>{@code
 * @GetMapping("/jobs/{id}/events")
 * void events(@PathVariable String id, Caller caller, HttpServletResponse response) {
 *     Job job = jobs.find(...);                       // errors before this line are problems with a status
 *     try (EventStream stream = streams.open(response)) {
 *         while (stream.send(id, "progress", ...)) { ... }
 *     }
 * }
 * }</pre>
 */
@Component
public class EventStreamFactory {
    private final JsonMapper json;
    private final ExecutorService executor;
    private final HttpProperties properties;
    private final ObjectProvider<StreamReaderCheck> readers;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

    EventStreamFactory(
            JsonMapper json,
            ExecutorService executor,
            HttpProperties properties,
            ObjectProvider<StreamReaderCheck> readers) {
        this.json = json;
        this.executor = executor;
        this.properties = properties;
        this.readers = readers;
    }

    /** Opens a stream whose events need no more than the credentials of the reader. */
    public EventStream open(HttpServletResponse response) {
        return open(response, _ -> {});
    }

    /**
     * Sends the headers and opens the stream. The caller closes it before the controller method returns.
     *
     * @param access checks every two seconds, on another thread, whether the reader as of now may go on; throws NOT_FOUND or FORBIDDEN otherwise, which ends the
     *     stream
     */
    public EventStream open(HttpServletResponse response, Consumer<Caller> access) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream;charset=UTF-8");
        // no-transform keeps proxies from packing the events, which would hold them back.
        response.setHeader("Cache-Control", "no-store, no-transform");
        response.setHeader("X-Accel-Buffering", "no");
        EventStream stream;
        try {
            stream = new EventStream(response.getOutputStream(), json, properties.commentEvery(), checkOf(access));
            response.flushBuffer();
            if (isHead()) {
                stream.close();
                return stream;
            }
        } catch (IOException readerGone) {
            stream = new EventStream(OutputStream.nullOutputStream(), json, properties.commentEvery(), () -> {});
            stream.close();
            return stream;
        }
        EventStream opened = stream;
        open.add(opened);
        executor.execute(() -> {
            opened.watch();
            open.remove(opened);
        });
        return opened;
    }

    private Runnable checkOf(Consumer<Caller> access) {
        StreamReaderCheck reader = readers.getIfAvailable();
        if (reader == null
                || !(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current)
                || CallerAttribute.of(current.getRequest()).isEmpty()) {
            return () -> {};
        }
        HttpServletRequest request = current.getRequest();
        return () -> access.accept(reader.check(request));
    }

    /** The response to a HEAD request has no events, so nobody would notice when its client disconnects. */
    private static boolean isHead() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                && current.getRequest().getMethod().equals("HEAD");
    }

    /** Ends all streams when the server stops, so that the shutdown is not delayed. */
    @EventListener(ContextClosedEvent.class)
    void endAll() {
        open.forEach(EventStream::end);
    }
}
