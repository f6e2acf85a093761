package dev.lectern.configuration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;

/**
 * Reads settings with a key or password from files: {@code LECTERN_GEMINI_API_KEY_FILE} is the path of a file with the value of {@code LECTERN_GEMINI_API_KEY}.
 * So a secret is neither in the environment, which other processes of the user can read, nor on a command line.
 */
final class SecretFileReader {
    static final String SUFFIX = "_FILE";

    /** Longer files are no secrets, but a wrong path. */
    private static final int MAX_BYTES = 64 * 1024;

    private final List<Setting> settings;

    SecretFileReader(List<Setting> settings) {
        this.settings = settings.stream().filter(Setting::isReadableFromFile).toList();
    }

    /** The variables with the path of a file. */
    List<String> variables() {
        return settings.stream().map(setting -> setting.variable() + SUFFIX).toList();
    }

    /** The setting whose value is in the file that {@code variable} names; empty for all other variables. */
    Optional<Setting> find(String variable) {
        return settings.stream()
                .flatMap(setting -> setting.ofVariable(variable, SUFFIX).stream())
                .findFirst();
    }

    /**
     * Reads the file of a variable.
     *
     * @param variable one of {@link #variables()}
     * @param path as given in the variable; relative to the working directory
     * @param warnings gets a sentence if other users of the machine can read the file
     * @return the content without the line break at its end; not empty
     * @throws IllegalArgumentException with one line that says what is wrong and what to do; it never has the content
     */
    static String read(String variable, String path, List<String> warnings) {
        String shown = variable + "=" + path;
        try {
            Path file = Path.of(path);
            if (Files.notExists(file)) {
                throw new IllegalArgumentException(
                        shown + " does not exist. Set " + variable + " to the path of a file with the value.");
            }
            // A pipe would keep the start waiting for a writer.
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException(
                        shown + " is not a regular file. Set " + variable + " to the path of a file with the value.");
            }
            String value = withoutLineBreak(decode(shown, readBytes(shown, file)));
            requireValue(shown, variable, value);
            if (isReadableByOthers(file)) {
                warnings.add(shown + " can be read by every user of this machine. Run chmod o-r on it.");
            }
            return value;
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException(
                    variable + " is not a path. Set it to the path of a file with the value.", invalid);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    shown + " cannot be read. Give the user of the server permission to read it.", unreadable);
        }
    }

    private static byte[] readBytes(String shown, Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new IllegalArgumentException(
                        shown + " has more than 64 KB. Name a file that has only the value in it.");
            }
            return content;
        }
    }

    private static String decode(String shown, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException binary) {
            throw new IllegalArgumentException(
                    shown + " is not a text in UTF-8. Name a file that has only the value in it.", binary);
        }
    }

    /** Editors and {@code echo} end a file with a line break. Other white space may be part of a password. */
    private static String withoutLineBreak(String content) {
        if (content.endsWith("\r\n")) {
            return content.substring(0, content.length() - 2);
        }
        return content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
    }

    private static void requireValue(String shown, String variable, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    shown + " is empty. Write the value into the file, or remove " + variable + ".");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    shown + " has several lines or control characters. Write only the value into the file.");
        }
    }

    private static boolean isReadableByOthers(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    }
}
