package dev.lectern.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderPathTest {
    private static final int MAX_NAME_BYTES = 255;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "plain.md, plain.md",
        "%C3%9Cbersicht.md, Übersicht.md",
        "caf%E9.md, caf\\xE9.md",
        "%FF%FE, \\xFF\\xFE",
        // Overlong, a surrogate, above the last character, cut off: no UTF-8.
        "%C0%AF, \\xC0\\xAF",
        "%ED%A0%80, \\xED\\xA0\\x80",
        "%F4%90%80%80, \\xF4\\x90\\x80\\x80",
        "a%E2%82, a\\xE2\\x82",
        // The replacement character is a character like others.
        "%EF%BF%BD, \uFFFD",
        "%F0%9F%92%A1.md, \uD83D\uDCA1.md",
        // Names that look like an escape.
        "caf%5CxE9.md, caf\\x5CxE9.md",
        "%5Cx5C, \\x5Cx5C",
        // Names that do not.
        "a%5Cb%5Cx4A%5CxE, a\\b\\x4A\\xE",
        "%5C%E9, \\\\xE9",
        "%5Cx%E9, \\x\\xE9",
        "%2541, %41",
    })
    void format_ofName_escapesWhatIsNotUtf8(String encoded, String text) throws IOException {
        Path file = Files.writeString(file(encoded), encoded);
        assertThat(FolderPath.relativize(folder, file)).isEqualTo(text);
        assertThat(Files.readString(FolderPath.resolve(folder, text))).isEqualTo(encoded);
        assertThat(FolderPath.parse(FolderPath.format(file))).isEqualTo(file);
        assertThat(FolderPath.format(FolderPath.parse("sub/" + text))).isEqualTo("sub/" + text);
        assertThat(FolderPath.format(bytes(encoded))).isEqualTo(text);
    }

    @Test
    void format_ofComposedAndDecomposedLetters_keepsBothApart() throws IOException {
        String composed = "Übersicht.md";
        String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        Files.writeString(FolderPath.resolve(folder, composed), "composed");
        Files.writeString(FolderPath.resolve(folder, decomposed), "decomposed");
        assertThat(namesOf(folder)).containsExactlyInAnyOrder(composed, decomposed);
        assertThat(Files.readString(FolderPath.resolve(folder, composed))).isEqualTo("composed");
    }

    @Test
    void format_ofLineBreaksAndLongestNames_isReversible() throws IOException {
        String lines = "a\nb\tc\r.md";
        String longest = "\\xFF".repeat(MAX_NAME_BYTES);
        Files.writeString(FolderPath.resolve(folder, lines), "lines");
        Files.writeString(FolderPath.resolve(folder, longest), "longest");
        assertThat(namesOf(folder)).containsExactlyInAnyOrder(lines, longest);
    }

    @Test
    void format_ofFolderWithSuchANameAndBelow_isReversible() throws IOException {
        Path root = Files.createDirectory(file("%E9%5CxE9"));
        Path file = Files.writeString(
                Files.createDirectory(FolderPath.resolve(root, "\\xFC")).resolve("plain.md"), "below");
        assertThat(FolderPath.format(root)).endsWith("/\\xE9\\x5CxE9");
        assertThat(FolderPath.parse(FolderPath.format(root))).isEqualTo(root);
        assertThat(FolderPath.relativize(root, file)).isEqualTo("\\xFC/plain.md");
        assertThat(Files.readString(FolderPath.resolve(root, "\\xFC/plain.md"))).isEqualTo("below");
    }

    @Test
    void format_ofAnyBytes_isReversibleAndUnique() {
        Random random = new Random(11);
        byte[] alphabet = "\\x5CE9é\uFFFDa".getBytes(StandardCharsets.UTF_8);
        Map<String, String> byText = new HashMap<>();
        for (int round = 0; round < 20_000; round++) {
            byte[] name = new byte[1 + random.nextInt(8)];
            for (int i = 0; i < name.length; i++) {
                int any = 1 + random.nextInt(255);
                name[i] = random.nextInt(4) > 0
                        ? alphabet[random.nextInt(alphabet.length)]
                        : (byte) (any == '/' ? 'x' : any);
            }
            String encoded = encode(name);
            String text = FolderPath.format(name);
            String former = byText.put(text, encoded);
            assertThat(former).as("names with the text %s", text).isIn(null, encoded);
            Path path = FolderPath.parse("/" + text);
            assertThat(path).isEqualTo(Path.of(URI.create("file:///" + encoded)));
            assertThat(FolderPath.format(path)).isEqualTo("/" + text);
        }
    }

    @Test
    void parse_ofOrdinaryPaths_isAsTheFileSystemHasThem() {
        assertThat(FolderPath.parse("")).isEqualTo(Path.of(""));
        assertThat(FolderPath.format(Path.of(""))).isEmpty();
        assertThat(FolderPath.format(FolderPath.parse("/"))).isEqualTo("/");
        assertThat(FolderPath.format(FolderPath.parse("é/../ü/./x"))).isEqualTo("é/../ü/./x");
        assertThat(FolderPath.format(FolderPath.parse("//é//ü/"))).isEqualTo("/é/ü");
    }

    @Test
    void parse_ofWhatNoNameCanHave_isRefused() {
        assertThatThrownBy(() -> FolderPath.parse("/a\0b")).isInstanceOf(InvalidPathException.class);
        assertThatThrownBy(() -> FolderPath.parse("/é\0b")).isInstanceOf(InvalidPathException.class);
        assertThatThrownBy(() -> FolderPath.parse("/\uD800b")).isInstanceOf(InvalidPathException.class);
    }

    private Path file(String encoded) {
        return Path.of(URI.create(folder.toUri() + encoded));
    }

    private static List<String> namesOf(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> names.add(FolderPath.relativize(folder, file)));
        }
        return names;
    }

    private static byte[] bytes(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String encode(byte[] name) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : name) {
            encoded.append(String.format("%%%02X", one & 0xFF));
        }
        return encoded.toString();
    }
}
