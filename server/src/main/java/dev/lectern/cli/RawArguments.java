package dev.lectern.cli;

import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The arguments of this process as they were given. Java translates them by the locale and loses what it does not know: with {@code LC_ALL=C} every letter
 * beyond ASCII, and otherwise names of files that are not UTF-8. Linux tells the bytes.
 */
final class RawArguments {
    private static final Logger log = LoggerFactory.getLogger(RawArguments.class);
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private RawArguments() {}

    /**
     * The arguments, with the lost characters put back. Bytes that are not UTF-8 become halves of surrogate pairs, as {@link FolderPath#decode} writes them.
     *
     * @param arguments as Java gives them
     */
    static String[] restore(String... arguments) {
        if (Arrays.stream(arguments).allMatch(RawArguments::isAscii) || !Files.isReadable(COMMAND_LINE)) {
            return arguments;
        }
        try {
            return restore(Files.readAllBytes(COMMAND_LINE), arguments);
        } catch (IOException e) {
            log.debug("{} cannot be read", COMMAND_LINE, e);
            return arguments;
        }
    }

    /** @param commandLine the program, its options and the arguments, each with a NUL behind it */
    static String[] restore(byte[] commandLine, String... arguments) {
        List<byte[]> all = split(commandLine);
        if (all.size() <= arguments.length) {
            return arguments;
        }
        List<byte[]> own = all.subList(all.size() - arguments.length, all.size());
        String[] restored = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            restored[i] = FolderPath.decode(own.get(i));
            if (isAscii(arguments[i]) && !arguments[i].equals(restored[i])) {
                // Java was started in another way, such as with a file of arguments.
                return arguments;
            }
        }
        return restored;
    }

    private static List<byte[]> split(byte[] commandLine) {
        List<byte[]> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                parts.add(Arrays.copyOfRange(commandLine, start, i));
                start = i + 1;
            }
        }
        return parts;
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }
}
