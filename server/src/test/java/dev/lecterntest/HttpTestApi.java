package dev.lecterntest;

import dev.lectern.http.EventStream;
import dev.lectern.http.EventStreamFactory;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * An API that fails in every way, for the tests of how failures are told. Its package is not scanned: only the servers that name it have it, and the
 * description of the API never does.
 */
@RestController
@RequestMapping("/api/v1/test")
@RequiresScope(Scope.READ)
public class HttpTestApi {
    public final AtomicInteger created = new AtomicInteger();
    public final CountDownLatch streamEnded = new CountDownLatch(1);
    private final EventStreamFactory streams;

    HttpTestApi(EventStreamFactory streams) {
        this.streams = streams;
    }

    record Text(String text) {}

    @GetMapping("/json")
    Map<String, String> json() {
        return Map.of("text", "a".repeat(4096));
    }

    @GetMapping("/caller")
    Map<String, String> caller(Caller caller) {
        return Map.of("kind", caller.getClass().getSimpleName(), "id", caller.id());
    }

    @PostMapping("/echo")
    Text echo(@RequestBody Text text) {
        return text;
    }

    @PostMapping("/create")
    ResponseEntity<Map<String, Integer>> create(@RequestBody Text text) {
        if (text.text().equals("fail")) {
            created.incrementAndGet();
            throw new LecternException(ErrorCode.OVERLOADED, "Not now.");
        }
        return ResponseEntity.status(201).body(Map.of("number", created.incrementAndGet()));
    }

    @PostMapping("/upload")
    ResponseEntity<Map<String, Integer>> upload(@RequestParam("file") List<MultipartFile> files) {
        return ResponseEntity.status(202).body(Map.of("files", files.size(), "number", created.incrementAndGet()));
    }

    @GetMapping("/parameter")
    int parameter(@RequestParam int count) {
        return count;
    }

    @GetMapping("/ours")
    void ours() {
        throw new LecternException(ErrorCode.STORAGE_FULL, "Make room on the disk.");
    }

    @GetMapping("/wrapped")
    void wrapped() {
        throw new IllegalStateException("swordfish", new LecternException(ErrorCode.CONFLICT, "It is there already."));
    }

    @GetMapping("/later")
    void failWithRetryAfter() {
        throw LecternException.withRetryAfter(ErrorCode.OVERLOADED, "Too much to do.", Duration.ofMillis(6500));
    }

    @GetMapping("/unexpected")
    void unexpected() {
        throw new IllegalStateException("swordfish");
    }

    @GetMapping("/events")
    void events(@RequestParam int count, HttpServletResponse response) {
        try (EventStream stream = streams.open(response)) {
            for (int i = 1; i <= count && stream.isOpen(); i++) {
                stream.send(Integer.toString(i), "delta", new Text("line\nbreak"));
            }
        }
    }

    @GetMapping("/silence")
    void silence(HttpServletResponse response) throws IOException, InterruptedException {
        try (EventStream stream = streams.open(response)) {
            stream.awaitClosed();
        } finally {
            streamEnded.countDown();
        }
    }
}
