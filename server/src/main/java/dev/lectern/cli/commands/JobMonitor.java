package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Waits for jobs and shows how far they are. */
final class JobMonitor {
    private static final long LOOK_EVERY_MILLIS = 500;
    private static final int BAR = 24;

    private final ApiClient apiClient;
    private final Terminal terminal;

    JobMonitor(ApiClient apiClient, Terminal terminal) {
        this.apiClient = apiClient;
        this.terminal = terminal;
    }

    /** The ids of the jobs in an answer of the API, wherever they stand. */
    static Set<String> ids(JsonNode answer) {
        Set<String> ids = new LinkedHashSet<>();
        answer.findValues("jobId").forEach(id -> ids.add(id.asString()));
        answer.findValues("job")
                .forEach(job -> ids.add(job.isObject() ? job.path("id").asString("") : job.asString()));
        ids.remove("");
        return ids;
    }

    /** Waits until all are done; false when one failed or was cancelled. Failures are named as they come. */
    boolean await(List<String> jobs) throws InterruptedException {
        List<String> open = new ArrayList<>(jobs);
        boolean allDone = true;
        while (!open.isEmpty()) {
            JsonNode job = apiClient.get("/jobs/" + open.getFirst());
            String status = job.path("status").asString("");
            switch (status) {
                case "queued", "running" -> {
                    terminal.progress(bar(job, jobs.size() - open.size(), jobs.size()));
                    Thread.sleep(LOOK_EVERY_MILLIS);
                }
                case "done" -> open.removeFirst();
                default -> {
                    terminal.endProgress();
                    System.err.println(terminal.bad(status) + " "
                            + job.path("title").asString("") + ": "
                            + job.path("reason").asString("no reason given"));
                    allDone = false;
                    open.removeFirst();
                }
            }
        }
        terminal.endProgress();
        System.out.println(allDone ? "Done." : "Done, with failures.");
        return allDone;
    }

    static String bar(JsonNode job, int jobsDone, int jobs) {
        JsonNode documents = job.path("documents");
        int done = documents.path("done").asInt(0);
        int total = documents.path("total").asInt(0);
        int filled = total == 0 ? 0 : Math.min(BAR, BAR * done / total);
        StringBuilder line = new StringBuilder("[")
                .append("#".repeat(filled))
                .append(" ".repeat(BAR - filled))
                .append("] ");
        line.append(total == 0 ? job.path("status").asString("") : done + " of " + total + " documents");
        if (job.path("passages").path("done").asInt(0) > 0) {
            line.append(", ").append(job.path("passages").path("done").asInt()).append(" passages");
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
