package dev.lectern.ingestion;

import dev.lectern.library.OriginalStore;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.IncomingDocument;
import dev.lectern.library.update.RegistrationResult;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.SourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes in what was handed in one by one: documents and their job come into being together. */
@Component
public class Intake {
    private static final int LONGEST_NAME = 200;

    private final DocumentRegistrar registrar;
    private final TaskQueue tasks;
    private final Jobs jobs;
    private final Workshop workshop;
    private final JobWatch watch;
    private final RecipeSource recipes;
    private final TransactionTemplate transactions;

    Intake(
            DocumentRegistrar registrar,
            TaskQueue tasks,
            Jobs jobs,
            Workshop workshop,
            JobWatch watch,
            RecipeSource recipes,
            TransactionTemplate transactions) {
        this.registrar = registrar;
        this.tasks = tasks;
        this.jobs = jobs;
        this.workshop = workshop;
        this.watch = watch;
        this.recipes = recipes;
        this.transactions = transactions;
    }

    /**
     * A file that was handed in; its bytes are stored already.
     *
     * @param name as its owner calls it, made safe here
     */
    public record HandedIn(String name, OriginalStore.Stored stored) {}

    /** @param documents in the order of what was handed in */
    public record Taken(JobId job, List<RegistrationResult> documents) {}

    public Taken files(CollectionId collection, List<HandedIn> files) {
        SourceId source = new SourceId("upload:" + collection);
        return take(
                collection,
                files.stream()
                        .map(file -> {
                            String name = safe(file.name());
                            return new IncomingDocument(
                                    source,
                                    name,
                                    "upload:" + name,
                                    name,
                                    file.stored().hash(),
                                    file.stored().bytes(),
                                    0,
                                    false,
                                    true);
                        })
                        .toList());
    }

    Taken take(CollectionId collection, List<IncomingDocument> arrivals) {
        Taken taken = take(collection, arrivals, false);
        complete(taken.job());
        return taken;
    }

    /** @param moreToCome whether the job waits for {@link #more} and {@link #complete} */
    Taken take(CollectionId collection, List<IncomingDocument> arrivals, boolean moreToCome) {
        AtomicReference<@Nullable JobId> job = new AtomicReference<>();
        List<RegistrationResult> registered = registrar.register(collection, arrivals, recipes.recipe(), all -> {
            JobId created = jobs.create(collection, !moreToCome);
            job.set(created);
            tasks.add(created, needingWork(all), TaskQueue.Priority.UPLOAD);
        });
        workshop.wake();
        return new Taken(Objects.requireNonNull(job.get()), registered);
    }

    JobId more(CollectionId collection, List<IncomingDocument> arrivals, JobId job) {
        registrar.register(
                collection,
                arrivals,
                recipes.recipe(),
                all -> tasks.add(job, needingWork(all), TaskQueue.Priority.UPLOAD));
        workshop.wake();
        return job;
    }

    void complete(JobId job) {
        transactions.executeWithoutResult(status -> {
            jobs.scanned(job);
            jobs.finish(List.of(job));
        });
        watch.changed();
    }

    private static List<DocumentId> needingWork(List<RegistrationResult> all) {
        List<DocumentId> work = new ArrayList<>();
        for (RegistrationResult one : all) {
            DocumentId document = one.document();
            if (one.needsProcessing() && document != null && !work.contains(document)) {
                work.add(document);
            }
        }
        return work;
    }

    /** The last part of a path of any system, without control characters, of bounded length. */
    static String safe(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = last.codePoints()
                .filter(point -> !Character.isISOControl(point) && point != 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        if (clean.isEmpty() || clean.equals(".") || clean.equals("..")) {
            return "unnamed";
        }
        return clean.length() <= LONGEST_NAME ? clean : clean.substring(clean.length() - LONGEST_NAME);
    }
}
