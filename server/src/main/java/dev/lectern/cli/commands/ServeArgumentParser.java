package dev.lectern.cli.commands;

import dev.lectern.cli.client.ArgumentPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Parses the command line of {@code serve} without picocli when it is simple. Picocli's class files are too old for the ahead-of-time cache and would
 * slow down the start. Complex and invalid command lines are left to picocli.
 */
final class ServeArgumentParser {
    private static final Set<String> OPTIONS = Set.of("--port", "--host", "--data");
    private static final int MAX_PORT_DIGITS = 5;

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
                folders.add(ArgumentPath.of(argument));
            } else if (!OPTIONS.contains(argument) || !rest.hasNext() || options.put(argument, rest.next()) != null) {
                return Optional.empty();
            }
        }
        String port = options.getOrDefault("--port", "0");
        boolean isPort = port.length() <= MAX_PORT_DIGITS && port.chars().allMatch(c -> c >= '0' && c <= '9');
        return isPort && !port.isEmpty() ? Optional.of(ServeCommand.of(folders, options)) : Optional.empty();
    }
}
