package dev.lectern.ingestion.parsing.ocr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes commands that stand for one that recognises text. */
public final class TestCommands {
    /** Two paragraphs of Tesseract, the first of two lines with a divided word. */
    public static final String TSV = """
            level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
            1\t1\t0\t0\t0\t0\t0\t0\t1000\t2000\t-1\t
            5\t1\t1\t1\t1\t1\t100\t200\t300\t40\t90.5\tThe
            5\t1\t1\t1\t1\t2\t500\t200\t300\t40\t80.5\tkiln
            5\t1\t1\t1\t2\t1\t100\t300\t100\t40\t70\tarrives.
            5\t1\t2\t1\t1\t1\t100\t1000\t100\t40\t-1\tNo
            5\t1\t2\t1\t1\t2\t100\t1000\t100\t40\tnan\tconfidence
            """;

    private TestCommands() {}

    /** @param body lines of a shell script, in which {@code $1} is the file of the picture */
    public static Path write(Path folder, String body) throws IOException {
        Path script = Files.writeString(folder.resolve("recognise"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    /** A command that prints a text. */
    public static Path writePrinting(Path folder, String output) throws IOException {
        Path printed = Files.writeString(folder.resolve("printed"), output);
        return write(folder, "test -s \"$1\" && cat '" + printed + "'");
    }
}
