package dev.lectern.cli.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file in a data folder about its running server: the address in the first line, the process id in the second, and with HTTPS the SHA-256 of the
 * certificate in the third. The certificate names no localhost, so commands on the machine recognise the server by it.
 */
public final class ServerAddressFile {
    private static final String NAME = "server";

    private ServerAddressFile() {}

    public static void write(Path dataFolder, URI address) throws IOException {
        write(dataFolder, address, null);
    }

    /** @param certificate the SHA-256 of the certificate, see {@link PinnedServer#digest}; null without HTTPS */
    public static void write(Path dataFolder, URI address, @Nullable String certificate) throws IOException {
        Path whole = dataFolder.resolve(NAME + ".new");
        List<String> lines = new ArrayList<>(List.of(
                address.toString(), Long.toString(ProcessHandle.current().pid())));
        if (certificate != null) {
            lines.add(certificate);
        }
        Files.write(whole, lines);
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
        boolean alive = lines.size() >= 2
                && ProcessHandle.of(Long.parseLong(lines.get(1)))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
        return alive ? Optional.of(URI.create(lines.getFirst())) : Optional.empty();
    }

    /** The SHA-256 of the certificate of the server; empty without HTTPS. */
    static Optional<String> readCertificate(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve(NAME);
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.size() > 2 ? Optional.of(lines.get(2)) : Optional.empty();
    }
}
