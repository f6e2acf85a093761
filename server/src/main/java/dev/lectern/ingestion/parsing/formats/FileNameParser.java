package dev.lectern.ingestion.parsing.formats;

import java.util.Locale;
import java.util.regex.Pattern;

/** Reads hints from the name of a file: its extension and a title. */
final class FileNameParser {
    private static final Pattern NO_TITLES = Pattern.compile(
            "^(?:untitled|title|document ?\\d*|dokument ?\\d*|presentation ?\\d*|powerpoint presentation|slide 1|pdf|none|unknown|microsoft (?:word|powerpoint|excel).*|.{1,80}\\.(?:docx?|rtf|odt|pptx?|xlsx?|indd|qxd|dvi|tex|pdf|fm|pub|txt|pages|key|numbers|cdr|ai|eps|ps|html?))$",
            Pattern.CASE_INSENSITIVE);

    private FileNameParser() {}

    static String extensionOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || dot < name.length() - 12
                ? ""
                : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** The name without its folders. */
    static String baseNameOf(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    /** A title from the name of a file, without folders and extension; never blank. */
    static String titleOf(String name) {
        String last = baseNameOf(name);
        String extension = extensionOf(last);
        String stem = extension.isEmpty() ? last : last.substring(0, last.length() - extension.length() - 1);
        String title = TextNormalizer.normalizeLine(stem.replace('_', ' '));
        return title.isEmpty() ? "Untitled" : title;
    }

    /** Whether the title in a file's metadata is a real one, not the name of a template or file. */
    static boolean isTitle(String title) {
        String line = TextNormalizer.normalizeLine(title);
        return line.length() > 2
                && line.chars().anyMatch(Character::isLetter)
                && !NO_TITLES.matcher(line).find();
    }
}
