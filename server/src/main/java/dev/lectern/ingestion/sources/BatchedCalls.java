package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.FolderOperation.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the file system about many files in one call, since each call changes threads. One file that fails or does not answer harms no other. */
final class BatchedCalls {
    private final FolderWalker.Calls calls;

    /** What the file system says of one file. Either of them is null. */
    record Answer<T>(Path file, @Nullable T value, @Nullable IOException failure) {}

    /** A question to the file system about one file. */
    interface Question<T> {
        T ask(Path file, Progress progress) throws IOException;
    }

    BatchedCalls(FolderWalker.Calls calls) {
        this.calls = calls;
    }

    /** Asks about all files in one call, and again without those that do not answer. */
    <T> List<Answer<T>> ask(List<Path> files, Question<T> question) {
        List<Path> asked = new ArrayList<>(files);
        List<Answer<T>> answers = new ArrayList<>(files.size());
        while (!asked.isEmpty()) {
            // A call that was given up may still go through its files.
            List<Path> batch = List.copyOf(asked);
            try {
                answers.addAll(calls.call(batch.getFirst(), progress -> answer(batch, question, progress)));
                return answers;
            } catch (NotRespondingException e) {
                if (!asked.remove(e.path())) {
                    // It is a folder around them.
                    asked.forEach(file -> answers.add(askAlone(file, question)));
                    return answers;
                }
                answers.add(new Answer<>(e.path(), null, e));
            } catch (IOException e) {
                asked.forEach(file -> answers.add(askAlone(file, question)));
                return answers;
            }
        }
        return answers;
    }

    private static <T> List<Answer<T>> answer(List<Path> files, Question<T> question, Progress progress) {
        List<Answer<T>> answers = new ArrayList<>(files.size());
        for (Path file : files) {
            progress.step(file);
            answers.add(answer(file, question, progress));
        }
        return answers;
    }

    /** Asks about one file in a call of its own. */
    <T> Answer<T> askAlone(Path file, Question<T> question) {
        try {
            return calls.call(file, progress -> answer(file, question, progress));
        } catch (IOException e) {
            return new Answer<>(file, null, e);
        }
    }

    private static <T> Answer<T> answer(Path file, Question<T> question, Progress progress) {
        try {
            // What a link leads to is asked for the link: that is what does not answer then.
            return new Answer<>(file, question.ask(file, next -> progress.step(file)), null);
        } catch (IOException e) {
            return new Answer<>(file, null, e);
        }
    }
}
