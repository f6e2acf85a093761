package dev.lectern.ingestion.parsing.formats;

import dev.lectern.ingestion.parsing.RejectionCode;
import dev.lectern.ingestion.parsing.formats.document.AttachmentReader;
import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.epub.EpubReader;
import dev.lectern.ingestion.parsing.formats.html.HtmlReader;
import dev.lectern.ingestion.parsing.formats.mail.ContactAndCalendarReader;
import dev.lectern.ingestion.parsing.formats.mail.MailReader;
import dev.lectern.ingestion.parsing.formats.mail.MailboxReader;
import dev.lectern.ingestion.parsing.formats.markup.AsciiDocReader;
import dev.lectern.ingestion.parsing.formats.markup.MarkdownReader;
import dev.lectern.ingestion.parsing.formats.markup.RestructuredTextReader;
import dev.lectern.ingestion.parsing.formats.office.BinaryDeckReader;
import dev.lectern.ingestion.parsing.formats.office.BinaryWordReader;
import dev.lectern.ingestion.parsing.formats.office.OfficeReader;
import dev.lectern.ingestion.parsing.formats.office.OpenDocumentReader;
import dev.lectern.ingestion.parsing.formats.office.RtfReader;
import dev.lectern.ingestion.parsing.formats.office.SlideDeckReader;
import dev.lectern.ingestion.parsing.formats.office.WordReader;
import dev.lectern.ingestion.parsing.formats.pdf.PdfReader;
import dev.lectern.ingestion.parsing.formats.picture.PictureReader;
import dev.lectern.ingestion.parsing.formats.sheet.BinarySheetReader;
import dev.lectern.ingestion.parsing.formats.sheet.OldSheetReader;
import dev.lectern.ingestion.parsing.formats.sheet.SpreadsheetReader;
import dev.lectern.ingestion.parsing.formats.text.CodeReader;
import dev.lectern.ingestion.parsing.formats.text.CsvReader;
import dev.lectern.ingestion.parsing.formats.text.JsonReader;
import dev.lectern.ingestion.parsing.formats.text.PlainTextReader;
import dev.lectern.ingestion.parsing.formats.xml.XmlDocumentReader;
import dev.lectern.ingestion.parsing.ocr.OcrCommand;
import dev.lectern.text.FileTitle;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the reader for a media type, or the reason why such files are not read. */
final class FormatReaderRegistry {
    private static final Set<String> ARCHIVES = Set.of(
            "application/zip",
            "application/gzip",
            "application/x-gzip",
            "application/x-tar",
            "application/x-gtar",
            "application/x-7z-compressed",
            "application/x-rar-compressed",
            "application/vnd.rar",
            "application/x-bzip",
            "application/x-bzip2",
            "application/x-xz",
            "application/zstd",
            "application/java-archive",
            "application/x-archive",
            "application/vnd.ms-cab-compressed",
            "application/x-iso9660-image",
            "application/x-compress",
            "application/x-lzma",
            "application/x-lz4",
            "application/x-lzip",
            "application/x-cpio",
            "application/x-arj",
            "application/x-stuffit",
            "application/x-debian-package",
            "application/x-rpm",
            "application/vnd.android.package-archive",
            "application/x-tika-java-web-archive",
            "application/x-tika-java-enterprise-archive");
    private static final Set<String> OFFICE_NAMES =
            Set.of("docx", "docm", "dotx", "xlsx", "xlsm", "pptx", "pptm", "ppsx", "odt", "odp", "ods", "epub");
    private static final Set<String> OLD_OFFICE_NAMES = Set.of("doc", "dot", "xls", "ppt", "pps", "msg");

    private final AttachmentReader attachments;
    /** Formats of office programs that no library here reads. */
    private static final Map<String, String> OLD_FORMATS = Map.ofEntries(
            Map.entry("application/msword2", "Word 2"),
            Map.entry("application/msword5", "Word for DOS"),
            Map.entry("application/x-mswrite", "Microsoft Write"),
            Map.entry("application/vnd.ms-works", "Microsoft Works"),
            Map.entry("application/x-tika-msworks-spreadsheet", "Microsoft Works"),
            Map.entry("application/vnd.wordperfect", "WordPerfect"),
            Map.entry("application/vnd.lotus-1-2-3", "Lotus 1-2-3"),
            Map.entry("application/vnd.lotus-wordpro", "Lotus Word Pro"),
            Map.entry("application/x-quattro-pro", "Quattro Pro"),
            Map.entry("application/vnd.apple.iwork", "Apple iWork"),
            Map.entry("application/vnd.apple.pages", "Apple Pages"),
            Map.entry("application/vnd.apple.numbers", "Apple Numbers"),
            Map.entry("application/vnd.apple.keynote", "Apple Keynote"),
            Map.entry("application/vnd.apple.unknown.13", "Apple iWork"),
            Map.entry("application/vnd.visio", "Visio"),
            Map.entry("application/x-mspublisher", "Publisher"),
            Map.entry("application/onenote", "OneNote"),
            Map.entry("application/vnd.stardivision.writer", "StarOffice"),
            Map.entry("application/vnd.stardivision.calc", "StarOffice"),
            Map.entry("application/vnd.stardivision.impress", "StarOffice"),
            Map.entry("application/x-tika-staroffice", "StarOffice"));

    private final OfficeReader office;
    private final MailReader mail;

    FormatReaderRegistry(AttachmentReader attachments) {
        this.attachments = attachments;
        office = new OfficeReader();
        mail = new MailReader(attachments);
    }

    /** @throws RejectionException when such files are not read */
    FormatReader find(String kind, String name, ParseLimits limits) {
        return switch (kind) {
            case "application/pdf" -> new PdfReader();
            case "text/html", "application/xhtml+xml" -> new HtmlReader();
            case TextMediaTypes.MARKDOWN -> new MarkdownReader();
            case TextMediaTypes.ASCIIDOC -> new AsciiDocReader();
            case TextMediaTypes.RESTRUCTURED -> new RestructuredTextReader();
            case TextMediaTypes.CSV -> new CsvReader();
            case TextMediaTypes.JSON -> new JsonReader();
            case TextMediaTypes.CODE -> new CodeReader();
            case "message/rfc822", "application/vnd.ms-outlook", MailReader.TNEF -> mail;
            case TextMediaTypes.MAILBOX -> new MailboxReader(attachments);
            case TextMediaTypes.CALENDAR, "text/x-vcalendar", "text/x-vcard", TextMediaTypes.CONTACT ->
                new ContactAndCalendarReader();
            case "application/x-tika-ooxml-protected" -> throw RejectionException.encrypted();
            case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
                    "application/vnd.ms-excel.sheet.macroenabled.12",
                    "application/vnd.ms-excel.template.macroenabled.12" -> new SpreadsheetReader();
            case "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
                    "application/vnd.ms-word.document.macroenabled.12",
                    "application/vnd.ms-word.template.macroenabled.12" -> new WordReader();
            case "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                    "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
                    "application/vnd.openxmlformats-officedocument.presentationml.template",
                    "application/vnd.ms-powerpoint.presentation.macroenabled.12",
                    "application/vnd.ms-powerpoint.slideshow.macroenabled.12",
                    "application/vnd.ms-powerpoint.template.macroenabled.12" -> new SlideDeckReader();
            case "application/rtf", "text/rtf" -> new RtfReader();
            case EpubReader.MEDIA_TYPE -> new EpubReader();
            case BinaryWordReader.MEDIA_TYPE -> new BinaryWordReader(office);
            case BinaryDeckReader.MEDIA_TYPE -> new BinaryDeckReader(office);
            case "application/vnd.ms-excel" -> new BinarySheetReader();
            case "application/vnd.ms-excel.sheet.2",
                    "application/vnd.ms-excel.sheet.3",
                    "application/vnd.ms-excel.sheet.4",
                    "application/vnd.ms-excel.workspace.3",
                    "application/vnd.ms-excel.workspace.4" -> new OldSheetReader();
            default -> byFamily(kind, name, limits.ocr());
        };
    }

    private FormatReader byFamily(String kind, String name, @Nullable OcrCommand ocr) {
        if (OpenDocumentReader.reads(kind)) {
            return new OpenDocumentReader();
        }
        if (office.reads(kind)) {
            return office;
        }
        if (ARCHIVES.contains(kind)) {
            throw OFFICE_NAMES.contains(FileTitle.extensionOf(name)) ? RejectionException.broken() : rejectArchive();
        }
        if (kind.equals("application/xml") || kind.equals("text/xml") || kind.endsWith("+xml")) {
            return new XmlDocumentReader();
        }
        if (kind.startsWith("text/")) {
            return new PlainTextReader();
        }
        if (ocr != null && PictureReader.reads(kind)) {
            return new PictureReader(ocr);
        }
        throw rejectUnsupported(kind, name);
    }

    private static RejectionException rejectArchive() {
        return new RejectionException(
                RejectionCode.ARCHIVE, "The file is an archive. Unpack it and add the documents that are inside.");
    }

    private static RejectionException rejectUnsupported(String kind, String name) {
        String old = OLD_FORMATS.get(kind);
        if (old != null) {
            return RejectionException.oldFormat(old);
        }
        String extension = FileTitle.extensionOf(name);
        boolean document = kind.startsWith("application/x-tika-") || kind.startsWith("application/vnd.openxmlformats");
        if (document
                || OFFICE_NAMES.contains(extension)
                || OLD_OFFICE_NAMES.contains(extension)
                || extension.equals("pdf")) {
            return RejectionException.broken();
        }
        String what = switch (kind.substring(0, kind.indexOf('/'))) {
            case "image" -> "a picture, and text recognition (OCR) is off";
            case "audio" -> "a sound recording; only a written transcript can be read";
            case "video" -> "a video; only a written transcript can be read";
            default -> "not a document that can be read (" + kind + ")";
        };
        return new RejectionException(
                RejectionCode.UNSUPPORTED,
                "The file is " + what + ". Add it as PDF, an office document, a web page or text.");
    }
}
