package dev.lectern.bench;

import dev.lectern.bench.ServerNode.Reply;
import dev.lectern.bench.ServerNode.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Clients that upload, edit, delete and read documents on two nodes and switch to the other node when one dies. */
final class FailoverClients {
    private static final int WRITERS = 3;
    private static final int READERS = 6;

    private final List<ServerNode> nodes;
    private final String collection;
    private final Map<String, Handed> present = new ConcurrentHashMap<>();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicInteger[] changes = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
    private final List<Thread> writers = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private volatile boolean writing;
    private volatile boolean reading;

    FailoverClients(List<ServerNode> nodes, String collection) {
        this.nodes = nodes;
        this.collection = collection;
    }

    /**
     * What the client was told is taken in.
     *
     * @param token a word of this edition alone, in each of its passages
     */
    record Handed(String name, String token, String document) {}

    Map<String, Handed> present() {
        return present;
    }

    Set<String> gone() {
        return gone;
    }

    Queue<String> errors() {
        return errors;
    }

    /** Since the last time, in words. */
    String tell() {
        return "%d documents, %d edits and %d deletions acknowledged, %,d reads"
                .formatted(
                        changes[0].getAndSet(0), changes[1].getAndSet(0), changes[2].getAndSet(0), reads.getAndSet(0));
    }

    void start(Random random) {
        writing = true;
        reading = true;
        for (int i = 0; i < WRITERS; i++) {
            Random own = new Random(random.nextLong());
            writers.add(Thread.ofVirtual().start(() -> write(own)));
        }
        for (int i = 0; i < READERS; i++) {
            Random own = new Random(random.nextLong());
            int preferred = i % nodes.size();
            readers.add(Thread.ofVirtual().start(() -> read(own, preferred)));
        }
    }

    void stopWriting() throws InterruptedException {
        writing = false;
        for (Thread writer : writers) {
            writer.join();
        }
        writers.clear();
    }

    void stopReading() throws InterruptedException {
        reading = false;
        for (Thread reader : readers) {
            reader.join();
        }
        readers.clear();
    }

    private void write(Random own) {
        List<String> mine = new ArrayList<>();
        try {
            while (writing) {
                int chance = mine.isEmpty() ? 0 : own.nextInt(20);
                if (chance < 14) {
                    List<String> files = new ArrayList<>();
                    for (int i = own.nextInt(3); i >= 0; i--) {
                        files.add("report" + names.incrementAndGet() + ".txt");
                    }
                    handIn(own, files, 0);
                    mine.addAll(files);
                } else {
                    String one = mine.get(own.nextInt(mine.size()));
                    if (chance < 17) {
                        handIn(own, List.of(one), 1);
                    } else {
                        delete(own, one);
                        mine.remove(one);
                    }
                }
                Thread.sleep(own.nextInt(30, 150));
            }
        } catch (InterruptedException e) {
            errors.add("A writer was interrupted");
        } catch (RuntimeException e) {
            errors.add("A writer stopped: " + e);
        }
    }

    private void handIn(Random own, List<String> files, int kind) throws InterruptedException {
        List<Upload> uploads = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        for (String file : files) {
            String token = "unit" + file.replaceAll("\\D", "") + "e" + Long.toString(own.nextLong() >>> 24, 36) + "z";
            tokens.add(token);
            uploads.add(new Upload(file, text(own, token)));
        }
        Reply reply = untilAnswered(own, 202, node -> node.upload(collection, uploads));
        for (int i = 0; i < files.size(); i++) {
            String document = reply.json().path("documents").path(i).path("id").asString();
            Handed before = present.put(files.get(i), new Handed(files.get(i), tokens.get(i), document));
            if (before != null) {
                gone.add(before.token());
            }
        }
        changes[kind].addAndGet(files.size());
    }

    private void delete(Random own, String file) throws InterruptedException {
        Handed one = present.get(file);
        if (one != null) {
            untilAnswered(own, 204, node -> node.delete("/api/v1/documents/" + one.document()));
            present.remove(file);
            gone.add(one.token());
            changes[2].incrementAndGet();
        }
    }

    /** Some passages, each with the token and words of its own. */
    private static String text(Random own, String token) {
        StringBuilder text = new StringBuilder("Report of " + token + "\n\n");
        for (int paragraph = own.nextInt(1, 12); paragraph > 0; paragraph--) {
            for (int sentence = 0; sentence < 12; sentence++) {
                text.append("The ").append(token).append(" pump number ").append(own.nextInt(1_000_000));
                text.append(" was looked at in week ").append(own.nextInt(52)).append(" and found to be in order. ");
            }
            text.append("\n\n");
        }
        return text.toString();
    }

    private interface Call {
        Reply at(ServerNode node) throws IOException, InterruptedException;
    }

    /** Tries at the other node when one is gone. What is gone already was deleted by a try whose answer was lost. */
    private Reply untilAnswered(Random own, int status, Call call) throws InterruptedException {
        boolean lost = false;
        int at = own.nextInt(nodes.size());
        while (true) {
            ServerNode node = nodes.get(at++ % nodes.size());
            int ends = node.ends();
            if (node.serving()) {
                Reply reply = attempt(node, ends, call);
                if (reply != null && (reply.status() == status || (lost && status == 204 && reply.status() == 404))) {
                    return reply;
                }
                if (reply != null) {
                    errors.add("A writer got from " + node.name() + ": " + reply);
                }
                lost = true;
            }
            Thread.sleep(20);
        }
    }

    private @Nullable Reply attempt(ServerNode node, int ends, Call call) throws InterruptedException {
        try {
            return call.at(node);
        } catch (IOException e) {
            if (node.serving() && node.ends() == ends) {
                errors.add("No answer from " + node.name() + ", which lives: " + e);
            }
            return null;
        }
    }

    private void read(Random own, int preferred) {
        try {
            while (reading) {
                ServerNode node = nodes.get(preferred);
                if (!node.serving()) {
                    node = nodes.get((preferred + 1) % nodes.size());
                }
                int ends = node.ends();
                boolean wanted = node.serving();
                int way = own.nextInt(5);
                Reply reply = attempt(node, ends, at -> ask(at, own, way));
                if (reply != null) {
                    reads.incrementAndGet();
                    boolean whole = way != 2
                            || reply.body().contains("event:finished")
                            || reply.body().contains("event: finished");
                    if (wanted && (reply.status() != 200 || !whole) && node.ends() == ends) {
                        errors.add("A reader got from " + node.name() + " (way " + way + "): " + reply);
                    }
                }
                Thread.sleep(own.nextInt(10, 50));
            }
        } catch (InterruptedException e) {
            errors.add("A reader was interrupted");
        } catch (RuntimeException e) {
            errors.add("A reader stopped: " + e);
        }
    }

    private Reply ask(ServerNode node, Random own, int way) throws IOException, InterruptedException {
        Handed some = present.get("report" + own.nextInt(1, names.get() + 2) + ".txt");
        String question = "Was the pump of " + (some == null ? "nobody" : some.token()) + " found to be in order?";
        return switch (way) {
            case 0 -> node.post("/api/v1/search", Map.of("query", question, "collections", List.of(collection)));
            case 1 -> node.post("/api/v1/ask", Map.of("question", question, "collections", List.of(collection)));
            case 2 ->
                node.post(
                        "/api/v1/ask",
                        Map.of("question", question, "collections", List.of(collection), "stream", true));
            case 3 -> node.get("/api/v1/collections/" + collection + "/documents?limit=20");
            default -> node.get("/api/v1/jobs?limit=20");
        };
    }
}
