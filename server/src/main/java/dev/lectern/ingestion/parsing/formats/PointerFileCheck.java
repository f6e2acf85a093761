package dev.lectern.ingestion.parsing.formats;

import dev.lectern.ingestion.parsing.RejectionCode;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.text.FileTitle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Refuses small files that only say where a document is, such as shortcuts and placeholders of cloud folders, and those that programs lay beside a document. */
final class PointerFileCheck {
    private static final int SAMPLE = 1 << 13;
    /** Pointers are short. */
    private static final long MAX_SIZE = 1 << 16;

    private static final Map<String, String> GOOGLE = Map.of(
            "gdoc", "a Google document",
            "gsheet", "a Google sheet",
            "gslides", "a Google presentation",
            "gdraw", "a Google drawing",
            "gform", "a Google form",
            "gsite", "a Google site",
            "gjam", "a Jamboard",
            "gtable", "a Google table",
            "glink", "a Google shortcut",
            "gscript", "a Google script");
    /** Names of files that are not on this computer, as programs write them. */
    private static final Set<String> PLACEHOLDERS = Set.of("icloud", "cloud", "cloudf", "nextcloud", "owncloud");

    private static final String LINK =
            "It only points to something and holds no text. Add the document that it leads to.";

    private PointerFileCheck() {}

    /** @throws RejectionException when the file is no document itself; says what to do */
    static void check(Path file, String name) throws IOException {
        if (Files.size(file) > MAX_SIZE) {
            return;
        }
        String bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = new String(in.readNBytes(SAMPLE), StandardCharsets.ISO_8859_1);
        }
        String reason = reason(bytes, FileTitle.extensionOf(name), InputFile.baseNameOf(name));
        if (!reason.isEmpty()) {
            throw new RejectionException(RejectionCode.UNSUPPORTED, reason);
        }
    }

    private static String reason(String bytes, String extension, String name) {
        String start = (bytes.startsWith("\u00EF\u00BB\u00BF") ? bytes.substring(3) : bytes).stripLeading();
        if (start.startsWith("version https://git-lfs.github.com/spec/") && start.contains("oid sha256:")) {
            return "The file is a pointer of Git LFS; its content is elsewhere. Run git lfs pull and add it again.";
        }
        if (GOOGLE.containsKey(extension) && start.startsWith("{")) {
            return "The file is only a link to " + GOOGLE.get(extension)
                    + ". Download that as an office document or PDF (File > Download) and add it.";
        }
        if (Set.of("paper", "papert").contains(extension) && start.startsWith("{")) {
            return "The file is only a link to a Dropbox Paper document. Export that as .docx or PDF and add it.";
        }
        if (PLACEHOLDERS.contains(extension)) {
            return "The file is a placeholder of a cloud folder; the document itself is kept online. Make it available"
                    + " offline (download it) and add it again.";
        }
        if (start.toLowerCase(Locale.ROOT).startsWith("[internetshortcut")
                || (extension.equals("url") && start.startsWith("[") && start.contains("InternetShortcut]"))
                || (start.startsWith("[Desktop Entry]") && start.contains("Type=Link"))
                || isWebLocation(bytes, extension)) {
            return "The file is a bookmark of a web page. " + LINK;
        }
        if (bytes.startsWith("L\0\0\0\u0001\u0014\u0002\0") || bytes.startsWith("book\0\0\0\0mark")) {
            return "The file is a shortcut to another file. " + LINK;
        }
        boolean appleDouble = bytes.startsWith("\0\u0005\u0016\u0007") && name.startsWith("._");
        if (appleDouble) {
            return "The file holds what macOS remembers of another file, and no text. Add that one.";
        }
        if (name.startsWith("~$") && !bytes.startsWith("PK") && !bytes.startsWith("\u00D0\u00CF\u0011\u00E0")) {
            return "The file is the mark of an office program that a document is open, and no document. Delete it, or add the document.";
        }
        return "";
    }

    private static boolean isWebLocation(String bytes, String extension) {
        boolean list = bytes.startsWith("bplist00") || bytes.contains("<plist");
        return extension.equals("webloc") && list;
    }
}
