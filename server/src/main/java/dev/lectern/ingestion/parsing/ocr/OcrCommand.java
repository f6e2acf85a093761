package dev.lectern.ingestion.parsing.ocr;

import java.nio.file.Path;
import java.util.List;

/**
 * The command that recognises the text of one picture, with its limits.
 *
 * @param arguments the program and its arguments, of which one or more contain {@value #INPUT}
 * @param maxPages of one document that are recognised; 0 leaves all of them out
 * @param pageMillis for one page
 * @param fileMillis for all pages of one document
 */
public record OcrCommand(List<String> arguments, int maxPages, long pageMillis, long fileMillis) {
    static final String INPUT = "{input}";

    public OcrCommand {
        arguments = List.copyOf(arguments);
    }

    /** The same command for a document whose recognition failed, so that no page is recognised, and this is told. */
    public OcrCommand withoutPages() {
        return new OcrCommand(arguments, 0, pageMillis, fileMillis);
    }

    List<String> argumentsFor(Path picture) {
        return arguments.stream()
                .map(argument -> argument.replace(INPUT, picture.toString()))
                .toList();
    }
}
