package dev.lectern.ingestion.parsing;

import dev.lectern.shared.Deadline;
import java.nio.file.Path;

/** Reads files. Thread-safe; callers wait for their turn when all parser processes are busy. */
public interface DocumentParser {
    /** Changes when the same bytes may give another text; kept with each document. */
    int VERSION = 2;

    /**
     * Reads one file whatever is in it.
     *
     * @param name the file's name as its owner knows it, a hint for kinds of text and the title of last resort
     * @throws dev.lectern.shared.LecternException DEADLINE_EXCEEDED when the deadline passes before the file's own
     *     limit, SHUTTING_DOWN when the thread is interrupted (it stays so) or the parser is closed
     */
    ParseOutcome parse(Path file, String name, Deadline deadline);
}
