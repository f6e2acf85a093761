package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Waits for ingestion jobs and prints their progress. */
final class JobProgressPrinter {
    private static final long POLL_INTERVAL_MILLIS = 500;
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
        while (!open.isEmpty()) {
            JsonNode job = apiClient.get("/jobs/" + open.getFirst());
            String status = job.path("status").asString("");
            switch (status) {
                case "queued", "running" -> {
                    shownPause = printPause(job.path("paused"), shownPause);
                    terminal.progress(bar(job, jobs.size() - open.size(), jobs.size()));
                    Thread.sleep(POLL_INTERVAL_MILLIS);
                }
                case "done" -> open.removeFirst();
                default -> {
                    terminal.endProgress();
                    System.err.println(
                            terminal.bad(status) + ": " + job.path("reason").asString("no reason reported"));
                    if (job.path("code").asString("").equals("needs_confirmation")) {
                        System.err.println("To see the files and to delete their documents: lectern sources confirm "
                                + job.path("sourceId").asString(""));
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
        int done = documents.path("done").asInt(0);
        int total = documents.path("total").asInt(0);
        int filled = total == 0 ? 0 : Math.min(BAR_WIDTH, BAR_WIDTH * done / total);
        StringBuilder line = new StringBuilder("[")
                .append("#".repeat(filled))
                .append(" ".repeat(BAR_WIDTH - filled))
                .append("] ");
        line.append(total == 0 ? job.path("status").asString("") : done + " of " + total + " documents");
        if (job.path("passages").path("done").asInt(0) > 0) {
            line.append(", ").append(job.path("passages").path("done").asInt()).append(" passages");
        }
        if (job.path("paused").isObject()) {
            line.append(", paused");
        }
        if (job.path("remainingSeconds").isNumber()) {
            line.append(", ").append(job.path("remainingSeconds").asLong()).append(" s left");
        }
        return jobs > 1
                ? line.append(" (job ")
                        .append(jobsDone + 1)
                        .append(" of ")
                        .append(jobs)
                        .append(")")
                        .toString()
                : line.toString();
    }
}
