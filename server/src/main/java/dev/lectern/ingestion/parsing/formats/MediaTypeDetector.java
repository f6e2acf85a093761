package dev.lectern.ingestion.parsing.formats;

import dev.lectern.ingestion.parsing.formats.document.TextDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.tika.detect.CompositeDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.detect.microsoft.POIFSContainerDetector;
import org.apache.tika.detect.zip.DefaultZipContainerDetector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypes;

/** Detects the media type of a file by its content. The name only decides between kinds of text, whose content looks alike. */
final class MediaTypeDetector {
    private static final int SAMPLE = 1 << 14;

    private final MimeTypes types = MimeTypes.getDefaultMimeTypes();
    private final MediaTypeRegistry registry = types.getMediaTypeRegistry();
    private final Detector detector = new CompositeDetector(
            registry, List.of(types, new POIFSContainerDetector(), new DefaultZipContainerDetector()));

    /** A media type without parameters. */
    String detect(Path file, String name) throws IOException {
        MediaType type;
        try (TikaInputStream in = TikaInputStream.get(file)) {
            type = detector.detect(in, new Metadata()).getBaseType();
        }
        if (type.equals(MediaType.OCTET_STREAM)) {
            return isProbablyText(file) ? TextMediaTypes.byName(name) : type.toString();
        }
        if (type.toString().equals("message/rfc822") || !isText(type)) {
            return type.toString();
        }
        String named = TextMediaTypes.byName(name);
        if (named.equals(TextMediaTypes.PLAIN) && TextMediaTypes.isKnownByContent(type.toString())) {
            return type.toString();
        }
        return isPlain(type) || TextMediaTypes.isCode(named) || TextMediaTypes.mayHoldHtml(named)
                ? named
                : type.toString();
    }

    private boolean isText(MediaType type) {
        boolean plain = type.getType().equals("text") || registry.isSpecializationOf(type, MediaType.TEXT_PLAIN);
        return plain && !type.toString().equals("application/rtf");
    }

    private static boolean isPlain(MediaType type) {
        String name = type.toString();
        return !name.equals("text/html") && !name.endsWith("xml");
    }

    /** For charsets whose letters the detector takes for controls, such as EBCDIC, and UTF-16 without a byte-order mark. */
    private static boolean isProbablyText(Path file) throws IOException {
        byte[] sample;
        try (InputStream in = Files.newInputStream(file)) {
            sample = in.readNBytes(SAMPLE);
        }
        Charset charset = TextDecoder.charset(sample, null);
        String text = new String(sample, charset);
        long readable = text.chars()
                .filter(c ->
                        Character.isLetterOrDigit(c) || Character.isWhitespace(c) || ".,;:!?'\"()-".indexOf(c) >= 0)
                .count();
        long controls = text.chars()
                .filter(c ->
                        (Character.isISOControl(c) && !Character.isWhitespace(c) && c != '\u0085') || c == '\uFFFD')
                .count();
        return text.length() >= 20 && readable > text.length() * 0.9 && controls < text.length() * 0.01;
    }
}
