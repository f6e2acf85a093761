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
        INCLUDED_FILES
    }

    /** The notice as one sentence in English. */
    public String sentence() {
        String of = total == null ? number(count) : number(count) + " of " + number(total);
        String what = switch (kind) {
            case SCANNED_PAGES -> of + " pages have no text: they are scanned, and text recognition is off.";
            case PICTURES -> of + " pictures were left out.";
            case HIDDEN_TEXT -> of + " hidden pieces of text were left out.";
            case HIDDEN_INCLUDED -> of + " hidden sheets, slides, rows or columns are included.";
            case BOILERPLATE -> of + " menus, banners or adverts were left out.";
            case REPEATED_LINES -> of + " repeated headers, footers and page numbers were left out.";
            case CONTENTS_ENTRIES -> of + " entries of the table of contents were left out.";
            case PAST_LIMIT -> of + " rows or records past the limit were left out.";
            case FORMULAS_WITHOUT_RESULT ->
                of + " formulas have no stored result. Open the file, save it and read it again.";
            case UNREADABLE_ATTACHMENTS -> of + " attachments could not be read.";
            case EMBEDDED_OBJECTS -> of + " embedded objects were left out.";
            case UNREADABLE_CHARACTERS -> of + " characters could not be read: their fonts do not say what they are.";
            case DELETED_TEXT -> of + " deletions of tracked changes were left out.";
            case RECOGNISED_PAGES -> of + " pages were read by text recognition, which makes mistakes.";
            case UNRECOGNISED_PAGES -> of + " pages could not be read by text recognition.";
            case INCLUDED_FILES -> of + " files that the text includes are not part of it. Add them as documents.";
        };
        return detail == null ? what : what.substring(0, what.length() - 1) + ": " + detail + ".";
    }

    private static String number(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
