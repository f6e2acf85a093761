package dev.lectern.ingestion.parsing.formats;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a file's name tells; never trusted for more than a hint. */
final class FileNames {
    private static final Pattern NO_TITLES = Pattern.compile(
            "^(?:untitled|title|document ?\\d*|dokument ?\\d*|presentation ?\\d*|powerpoint presentation|slide 1|pdf|none|unknown|microsoft (?:word|powerpoint|excel).*|.{1,80}\\.(?:docx?|rtf|odt|pptx?|xlsx?|indd|qxd|dvi|tex|pdf|fm|pub|txt|pages|key|numbers|cdr|ai|eps|ps|html?))$",
            Pattern.CASE_INSENSITIVE);

    private FileNames() {}

    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || dot < name.length() - 12
                ? ""
                : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** The name without its folders. */
    static String file(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    /** A title made of a file's name: without folders and extension; never blank. */
    static String title(String name) {
        String last = file(name);
        String extension = extension(last);
        String stem = extension.isEmpty() ? last : last.substring(0, last.length() - extension.length() - 1);
        String title = TextNormalizer.line(stem.replace('_', ' '));
        return title.isEmpty() ? "Untitled" : title;
    }

    /** Whether what a program wrote as a title is one, and not a template's or a file's name. */
    static boolean isTitle(String title) {
        String line = TextNormalizer.line(title);
        return line.length() > 2
                && line.chars().anyMatch(Character::isLetter)
                && !NO_TITLES.matcher(line).find();
    }
}
