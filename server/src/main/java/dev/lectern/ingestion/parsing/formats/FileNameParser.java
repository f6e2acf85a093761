package dev.lectern.ingestion.parsing.formats;

import dev.lectern.text.FileTitle;
import java.util.regex.Pattern;

/** Tells what the name of a file, and what programs fill in by themselves, say: its extension, and what is no title and no author. */
final class FileNameParser {
    private static final Pattern NO_TITLES = Pattern.compile(
            "^(?:untitled(?:[ -]?\\d+| (?:document|page|site))?|\\(?(?:anonymous|unspecified|no title|untitled)\\)?|<[?!].*|new page ?\\d*|title|document ?\\d*|dokument ?\\d*|presentation ?\\d*|powerpoint presentation|slide 1|pdf|none|unknown|microsoft (?:word|powerpoint|excel).*|.{1,80}\\.(?:docx?|rtf|odt|pptx?|xlsx?|indd|qxd|dvi|tex|pdf|fm|pub|txt|pages|key|numbers|cdr|ai|eps|ps|html?))$",
            Pattern.CASE_INSENSITIVE);

    /** What programs and accounts are called that have no name. */
    private static final Pattern NO_AUTHORS = Pattern.compile(
            "\\(?(?:anonymous|unknown(?: (?:author|creator|user))?|none|null|n/?a|untitled|undefined|default|unspecified|author|creator|owner|admin|administrator"
                    + "|root|user|test|benutzer|utilisateur|usuario|(?:microsoft |ms )?office(?: user| 365)?|microsoft(?: office)?(?: word| user)?|windows[- ]user|(?:your|user) ?name"
                    + "|preferred customer|valued (?:\\w{2,20} )?customer|openpyxl|xlsxwriter|python-(?:docx|pptx)|apache poi|php(?:excel|spreadsheet|word|powerpoint)"
                    + "|reportlab|pptxgenjs|sheetjs|exceljs|docx4j|pandoc|libreoffice|openoffice(?:\\.org)?|calibre.*)\\)?|\\W*",
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

    /** Whether the author in a file's metadata is somebody, not a program or an account without a name. */
    static boolean isAuthor(String author) {
        return !NO_AUTHORS.matcher(TextNormalizer.normalizeLine(author)).matches();
    }
}
