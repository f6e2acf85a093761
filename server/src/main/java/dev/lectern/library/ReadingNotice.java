package dev.lectern.library;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a reader left out of a document's text, or what a person should know about how the text was read. At most one of each kind for a document.
 *
 * @param count how many of them, 1 or more
 * @param total how many there are in the file, such as pages; null where that says nothing
 * @param detail names of the things, at most {@value #MAX_DETAIL} UTF-16 units; null where they have none
 */
public record ReadingNotice(
        Kind kind,
        int count,
        @Nullable Integer total,
        @Nullable String detail) {
    public static final int MAX_DETAIL = 300;

    public ReadingNotice {
        if (count < 1) {
            throw new IllegalArgumentException("A notice counts at least one, not " + count);
        }
    }

    /** New kinds come last: their order is part of messages between processes. */
    public enum Kind {
        /** Pages with a picture and without text. */
        SCANNED_PAGES,
        /** Pictures whose text, if they have any, is not read. */
        PICTURES,
        /** Text that the file hides from whoever opens it; left out. */
        HIDDEN_TEXT,
        /** Hidden sheets, slides, rows or columns whose text is part of the document's. */
        HIDDEN_INCLUDED,
        /** Menus, adverts, cookie banners and the like of a web page; left out. */
        BOILERPLATE,
        /** Headers, footers and page numbers that are in the text once and not at each page. */
        REPEATED_LINES,
        /** Entries of a table of contents; left out, since the headings are in the text. */
        CONTENTS_ENTRIES,
        /** Rows, cells or records past a limit; left out. */
        PAST_LIMIT,
        /** Formulas that the file has no result of; the formula itself is in the text. */
        FORMULAS_WITHOUT_RESULT,
        /** Attachments and embedded files that could not be read; left out. */
        UNREADABLE_ATTACHMENTS,
        /** Charts, drawings, sound and other embedded objects; left out. */
        EMBEDDED_OBJECTS,
        /** Characters that the file's fonts give no meaning to. */
        UNREADABLE_CHARACTERS,
        /** Text that a tracked change deletes; left out. */
        DELETED_TEXT,
        /** Pages whose text was recognised in a picture. */
        RECOGNISED_PAGES,
        /** Pages on which the recognition of text failed. */
        UNRECOGNISED_PAGES,
        /** Files that the text includes by their names; left out, since they are documents of their own. */
        INCLUDED_FILES,
        /** Pages that are damaged, or have damaged annotations, so that text may be missing. */
        DAMAGED_PAGES
    }

    /** The notice as one sentence in English. */
    public String sentence() {
        String of = total == null ? number(count) : number(count) + " of " + number(total);
        boolean one = count == 1 && (total == null || total == 1);
        String what = of + " " + (one ? singular() : plural());
        return detail == null ? what : what.substring(0, what.length() - 1) + ": " + detail + ".";
    }

    private String plural() {
        return switch (kind) {
            case SCANNED_PAGES -> "pages have no text: they are scanned, and text recognition is off.";
            case PICTURES -> "pictures were left out.";
            case HIDDEN_TEXT -> "hidden pieces of text were left out.";
            case HIDDEN_INCLUDED -> "hidden sheets, slides, rows or columns are included.";
            case BOILERPLATE -> "menus, banners or adverts were left out.";
            case REPEATED_LINES -> "repeated headers, footers and page numbers were left out.";
            case CONTENTS_ENTRIES -> "entries of the table of contents were left out.";
            case PAST_LIMIT -> "rows or records past the limit were left out.";
            case FORMULAS_WITHOUT_RESULT -> "formulas have no stored result. Open the file, save it and read it again.";
            case UNREADABLE_ATTACHMENTS -> "attachments could not be read.";
            case EMBEDDED_OBJECTS -> "embedded objects were left out.";
            case UNREADABLE_CHARACTERS -> "characters could not be read: their fonts do not say what they are.";
            case DELETED_TEXT -> "deletions of tracked changes were left out.";
            case RECOGNISED_PAGES -> "pages were read by text recognition, which makes mistakes.";
            case UNRECOGNISED_PAGES -> "pages could not be read by text recognition.";
            case INCLUDED_FILES -> "files that the text includes are not part of it. Add them as documents.";
            case DAMAGED_PAGES -> "damaged pages could be read in part only.";
        };
    }

    private String singular() {
        return switch (kind) {
            case SCANNED_PAGES -> "page has no text: it is scanned, and text recognition is off.";
            case PICTURES -> "picture was left out.";
            case HIDDEN_TEXT -> "hidden piece of text was left out.";
            case HIDDEN_INCLUDED -> "hidden sheet, slide, row or column is included.";
            case BOILERPLATE -> "menu, banner or advert was left out.";
            case REPEATED_LINES -> "repeated header, footer or page number was left out.";
            case CONTENTS_ENTRIES -> "entry of the table of contents was left out.";
            case PAST_LIMIT -> "row or record past the limit was left out.";
            case FORMULAS_WITHOUT_RESULT -> "formula has no stored result. Open the file, save it and read it again.";
            case UNREADABLE_ATTACHMENTS -> "attachment could not be read.";
            case EMBEDDED_OBJECTS -> "embedded object was left out.";
            case UNREADABLE_CHARACTERS -> "character could not be read: its font does not say what it is.";
            case DELETED_TEXT -> "deletion of a tracked change was left out.";
            case RECOGNISED_PAGES -> "page was read by text recognition, which makes mistakes.";
            case UNRECOGNISED_PAGES -> "page could not be read by text recognition.";
            case INCLUDED_FILES -> "file that the text includes is not part of it. Add it as a document.";
            case DAMAGED_PAGES -> "damaged page could be read in part only.";
        };
    }

    private static String number(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
