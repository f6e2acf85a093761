package dev.lectern.cli.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The file in a data folder with the address of its running server in the first line and the process id in the second. */
public final class ServerAddressFile {
    private static final String NAME = "server";

    private ServerAddressFile() {}

    public static void write(Path dataFolder, URI address) throws IOException {
        Path whole = dataFolder.resolve(NAME + ".new");
        Files.write(
                whole,
                List.of(
                        address.toString(),
                        Long.toString(ProcessHandle.current().pid())));
        Files.move(whole, dataFolder.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
    }

    public static void delete(Path dataFolder) throws IOException {
        Files.deleteIfExists(dataFolder.resolve(NAME));
    }

    /** The address of the server that has the folder open; empty when its process has ended, as after a crash. */
    public static Optional<URI> read(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve(NAME);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        boolean alive = lines.size() == 2
                && ProcessHandle.of(Long.parseLong(lines.get(1)))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
        return alive ? Optional.of(URI.create(lines.getFirst())) : Optional.empty();
    }
}
