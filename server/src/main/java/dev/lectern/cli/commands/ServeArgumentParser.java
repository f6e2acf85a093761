package dev.lectern.cli.commands;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the command line of a server's start by itself where it is as plain as it mostly is: picocli's classes are too old for the ahead-of-time cache
 * and would cost a good part of the start. Whatever is not plain, and every mistake, is left to picocli.
 */
final class ServeArgumentParser {
    private static final Set<String> OPTIONS = Set.of("--port", "--host", "--data");
    private static final int LONGEST_PORT = 5;

    private ServeArgumentParser() {}

    static Optional<ServeCommand> parse(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().equals("serve")) {
            return Optional.empty();
        }
        List<Path> folders = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        Iterator<String> rest = arguments.subList(1, arguments.size()).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (!argument.startsWith("-")) {
                folders.add(Path.of(argument));
            } else if (!OPTIONS.contains(argument) || !rest.hasNext() || options.put(argument, rest.next()) != null) {
                return Optional.empty();
            }
        }
        String port = options.getOrDefault("--port", "0");
        boolean isPort = port.length() <= LONGEST_PORT && port.chars().allMatch(c -> c >= '0' && c <= '9');
        return isPort && !port.isEmpty() ? Optional.of(ServeCommand.of(folders, options)) : Optional.empty();
    }
}
