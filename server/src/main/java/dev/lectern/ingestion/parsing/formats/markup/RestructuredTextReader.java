package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextDecoder;
import dev.lectern.ingestion.parsing.formats.text.TextLineFunctions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * reStructuredText, with the directives of Sphinx. There is no library for it in Java, and the text needs no more of the language than what its blocks are.
 * Notes stand behind the text that refers to them; files that it includes are documents of their own.
 */
public final class RestructuredTextReader implements FormatReader {
    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        List<String> lines =
                TextLineFunctions.split(TextDecoder.read(inputFile.file(), inputFile.limits(), null)).stream()
                        .map(TextLineFunctions::expandTabs)
                        .toList();
        RestructuredTextDefinitions definitions = RestructuredTextDefinitions.of(lines);
        new RestructuredTextParser(definitions, inputFile.limits(), out).read(lines);
        return null;
    }
}
