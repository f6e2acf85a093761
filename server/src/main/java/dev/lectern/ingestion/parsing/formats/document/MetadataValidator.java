package dev.lectern.ingestion.parsing.formats.document;

import java.util.regex.Pattern;

/** Tells real titles and authors in the metadata of a file from those that programs and templates fill in. */
public final class MetadataValidator {
    private static final Pattern NO_TITLES = Pattern.compile(
            "^(?:untitled(?:[ -]?\\d+| (?:document|page|site))?|\\(?(?:anonymous|unspecified|no title|untitled)\\)?|<[?!].*|new page ?\\d*|title|document ?\\d*|dokument ?\\d*|presentation ?\\d*"
                    + "|powerpoint[- ](?:presentation|präsentation|presentatie|presentasjon|演示文稿|簡報|プレゼンテーション|프레젠테이션)|(?:présentation|presentación de|apresentação do|presentazione(?: standard)? di|prezentacja programu|презентация) powerpoint"
                    + "|slide 1|pdf|none|unknown|microsoft (?:word|powerpoint|excel).*|.{1,80}\\.(?:docx?|rtf|odt|pptx?|xlsx?|indd|qxd|dvi|tex|pdf|fm|pub|txt|pages|key|numbers|cdr|ai|eps|ps|html?))$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** What programs and accounts are called that have no name. */
    private static final Pattern NO_AUTHORS = Pattern.compile(
            "\\(?(?:anonymous|unknown(?: (?:author|creator|user))?|none|null|n/?a|untitled|undefined|default|unspecified|author|creator|owner|admin|administrator"
                    + "|root|user|test|benutzer|utilisateur|usuario|(?:microsoft |ms )?office(?: user| 365)?|microsoft(?: office)?(?: word| user)?|windows[- ]user|(?:your|user) ?name"
                    + "|preferred customer|valued (?:\\w{2,20} )?customer|openpyxl|xlsxwriter|python-(?:docx|pptx)|apache poi|php(?:excel|spreadsheet|word|powerpoint)"
                    + "|reportlab|pptxgenjs|sheetjs|exceljs|docx4j|pandoc|libreoffice|openoffice(?:\\.org)?|calibre.*)\\)?|\\W*",
            Pattern.CASE_INSENSITIVE);

    private MetadataValidator() {}

    /** Whether the title in a file's metadata is a real one, not the name of a template or file. */
    public static boolean isTitle(String title) {
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
