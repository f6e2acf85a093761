package dev.lectern.ingestion.parsing;

import dev.lectern.shared.Deadline;
import java.nio.file.Path;

/** Reads files into text with structure. Thread-safe; callers wait while all parser processes are busy. */
public interface DocumentParser {
    /** Raised when the same bytes may give another text; stored with each document, which is then read again. */
    int VERSION = 5;

    /**
     * Reads one file of any kind.
     *
     * @param name name of the file, a hint for the kind of text and the title if the file has none
     * @throws dev.lectern.shared.LecternException DEADLINE_EXCEEDED when the deadline passes before the file's own
     *     limit, SHUTTING_DOWN when the thread is interrupted (it stays so) or the parser is closed
     */
    ParseOutcome parse(Path file, String name, Deadline deadline);
}
