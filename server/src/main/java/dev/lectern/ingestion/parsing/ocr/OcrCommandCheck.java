package dev.lectern.ingestion.parsing.ocr;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out whether the program of {@code LECTERN_OCR_COMMAND} is there. */
public final class OcrCommandCheck {
    private final OcrProperties properties;

    public OcrCommandCheck(OcrProperties properties) {
        this.properties = properties;
    }

    /** A sentence for operators; empty when all is well or nothing is recognised. */
    public Optional<String> findProblem() {
        if (properties.command().isEmpty()) {
            return Optional.empty();
        }
        String program = CommandLineSplitter.split(properties.command()).getFirst();
        return isExecutable(program)
                ? Optional.empty()
                : Optional.of("The program " + program + " of LECTERN_OCR_COMMAND is not there, so scanned pages are"
                        + " left out. Install it on this machine, or give its whole path.");
    }

    private static boolean isExecutable(String program) {
        try {
            if (program.contains("/") || program.contains(File.separator)) {
                return isProgram(Path.of(program));
            }
            String folders = System.getenv("PATH");
            if (folders != null) {
                for (String folder : folders.split(File.pathSeparator)) {
                    if (!folder.isEmpty() && isProgram(Path.of(folder, program))) {
                        return true;
                    }
                }
            }
        } catch (InvalidPathException noPath) {
            return false;
        }
        return false;
    }

    private static boolean isProgram(Path path) {
        return Files.isExecutable(path) && !Files.isDirectory(path);
    }
}
