package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextDecoder;
import dev.lectern.ingestion.parsing.formats.text.TextLineFunctions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * AsciiDoc. Its own library (AsciidoctorJ) runs the Ruby program in JRuby, which needs seconds to start and more memory than the parser process has, so the
 * blocks are found here. Files that the text includes are documents of their own.
 */
public final class AsciiDocReader implements FormatReader {
    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        String text = TextDecoder.read(inputFile.file(), inputFile.limits(), null);
        FrontMatter frontMatter = FrontMatter.of(text);
        frontMatter.addTo(out);
        new AsciiDocParser(inputFile.limits(), out).read(TextLineFunctions.split(frontMatter.body()));
        return frontMatter.title();
    }
}
