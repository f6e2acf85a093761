package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Waits for ingestion jobs and prints their progress. */
final class JobProgressPrinter {
    /** Small jobs end within seconds; a long one is looked at less often, far below the rate limit of the server. */
    private static final long FIRST_INTERVAL_MILLIS = 500;

    private static final long INTERVAL_MILLIS = 2_000;
    private static final int FIRST_POLLS = 10;
    private static final int BAR_WIDTH = 24;

    private final ApiClient apiClient;
    private final Terminal terminal;

    JobProgressPrinter(ApiClient apiClient, Terminal terminal) {
        this.apiClient = apiClient;
        this.terminal = terminal;
    }

    /** Collects the job ids of an API response at any depth. */
    static Set<String> ids(JsonNode answer) {
        Set<String> ids = new LinkedHashSet<>();
        answer.findValues("jobId").forEach(id -> ids.add(id.asString()));
        answer.findValues("job")
                .forEach(job -> ids.add(job.isObject() ? job.path("id").asString("") : job.asString()));
        ids.remove("");
        return ids;
    }

    /** Waits until all jobs have ended and prints failures as they occur; false when a job failed or was cancelled. */
    boolean await(List<String> jobs) throws InterruptedException {
        List<String> open = new ArrayList<>(jobs);
        boolean allDone = true;
        String shownPause = "";
        int polls = 0;
        while (!open.isEmpty()) {
            JsonNode job = apiClient.get("/jobs/" + open.getFirst());
            String status = job.path("status").asString("");
            switch (status) {
                case "queued", "running" -> {
                    shownPause = printPause(job.path("paused"), shownPause);
                    terminal.progress(bar(job, jobs.size() - open.size(), jobs.size()));
                    Thread.sleep(polls++ < FIRST_POLLS ? FIRST_INTERVAL_MILLIS : INTERVAL_MILLIS);
                }
                case "done" -> open.removeFirst();
                default -> {
                    terminal.endProgress();
                    System.err.println(
                            terminal.bad(status) + ": " + job.path("reason").asString("no reason reported"));
                    if (job.path("code").asString("").equals("needs_confirmation")) {
                        String action = SourceTexts.confirmation(
                                job.path("sourceId").asString(""),
                                job.path("reason").asString(""));
                        System.err.print(action.isEmpty() ? "" : action + System.lineSeparator());
                    }
                    allDone = false;
                    open.removeFirst();
                }
            }
        }
        terminal.endProgress();
        System.out.println(allDone ? "Done." : "Done, with failures.");
        return allDone;
    }

    /** Prints a pause once, and its end. Returns the beginning of the pause that is known; empty without one. */
    private String printPause(JsonNode paused, String shown) {
        String since = paused.path("since").asString("");
        if (since.equals(shown)) {
            return shown;
        }
        terminal.endProgress();
        System.err.println(
                since.isEmpty()
                        ? terminal.good("continued")
                        : terminal.warning("paused") + " since " + since + ": "
                                + paused.path("reason").asString("")
                                + " `/health` and the log of the server have the cause.");
        return since;
    }

    static String bar(JsonNode job, int jobsDone, int jobs) {
        JsonNode documents = job.path("documents");
        JsonNode passages = job.path("passages");
        long done = documents.path("done").asLong(0);
        long total = documents.path("total").asLong(0);
        boolean counted = passages.path("total").asLong(0) > 0;
        int filled = counted
                ? fill(passages.path("done").asLong(0), passages.path("total").asLong())
                : fill(done, total);
        List<String> parts = new ArrayList<>();
        parts.add(total == 0 ? job.path("status").asString("") : done + " of " + total + " documents");
        if (counted || passages.path("done").asLong(0) > 0) {
            parts.add(count(passages));
        }
        describeRunning(job, total, parts);
        if (job.path("paused").isObject()) {
            parts.add("paused");
        }
        if (job.path("remainingSeconds").isNumber()) {
            parts.add(job.path("remainingSeconds").asLong() + " s left");
        }
        String line = "[" + "#".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] " + String.join(", ", parts);
        return jobs > 1 ? line + " (job " + (jobsDone + 1) + " of " + jobs + ")" : line;
    }

    private static int fill(long done, long total) {
        return total == 0 ? 0 : (int) Math.min(BAR_WIDTH, BAR_WIDTH * done / total);
    }

    private static String count(JsonNode passages) {
        String done = passages.path("done").asString("0");
        return passages.path("total").isNumber()
                ? done + " of " + passages.path("total").asString("") + " passages"
                : done + " passages";
    }

    /** Names the document with the most passages to embed, or the only one that is left and its phase. */
    private static void describeRunning(JsonNode job, long total, List<String> parts) {
        JsonNode first = job.path("running").path(0);
        String title = first.path("title").asString("");
        String phase = first.path("phase").asString("");
        boolean alone = job.path("running").size() == 1;
        if (phase.equals("embedding") && total > 1) {
            parts.add(title + ": " + count(first.path("passages")));
        } else if (phase.equals("reading") && alone) {
            parts.add(title + " is being read");
        } else if (phase.equals("storing") && alone) {
            parts.add(title + " is being stored");
        }
    }
}
