package dev.lectern.library.update;

import dev.lectern.text.FileTitle;
import dev.lectern.text.VisibleText;
import java.util.Locale;

/** Where the title of a document came from. One that came from the name of the file follows it when the file is renamed. */
public enum TitleSource {
    /** Metadata, a heading, or the person who added the text. */
    CONTENT,
    /** The name of the file without its extension. */
    STEM,
    /** The whole name of the file, as that of source code. */
    FILE_NAME;

    /**
     * The title of a document whose content has none.
     *
     * @param fileName without its folders
     * @throws IllegalStateException for {@link #CONTENT}
     */
    public String titleOf(String fileName) {
        return switch (this) {
            case STEM -> FileTitle.of(fileName);
            case FILE_NAME -> VisibleText.toName(fileName);
            case CONTENT -> throw new IllegalStateException("The name of the file is not the title");
        };
    }

    /** As it is stored. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TitleSource of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
