package dev.lectern.ingestion.parsing.formats;

import dev.lectern.text.FileTitle;
import java.util.regex.Pattern;

/** Reads hints from the name of a file: its extension, and what is no title. */
final class FileNameParser {
    private static final Pattern NO_TITLES = Pattern.compile(
            "^(?:untitled(?:[ -]?\\d+| (?:document|page|site))?|\\(?(?:anonymous|unspecified|no title|untitled)\\)?|<[?!].*|new page ?\\d*|title|document ?\\d*|dokument ?\\d*|presentation ?\\d*|powerpoint presentation|slide 1|pdf|none|unknown|microsoft (?:word|powerpoint|excel).*|.{1,80}\\.(?:docx?|rtf|odt|pptx?|xlsx?|indd|qxd|dvi|tex|pdf|fm|pub|txt|pages|key|numbers|cdr|ai|eps|ps|html?))$",
            Pattern.CASE_INSENSITIVE);

    private FileNameParser() {}

    static String extensionOf(String name) {
        return FileTitle.extensionOf(name);
    }

    /** The name without its folders. */
    static String baseNameOf(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Whether the title in a file's metadata is a real one, not the name of a template or file. */
    static boolean isTitle(String title) {
        String line = TextNormalizer.normalizeLine(title);
        return line.length() > 2
                && line.chars().anyMatch(Character::isLetter)
                && !NO_TITLES.matcher(line).find();
    }
}
