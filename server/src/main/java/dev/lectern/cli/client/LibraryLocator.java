package dev.lectern.cli.client;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the library that a command is about. In this order: the server of {@code LECTERN_URL}; the data folder of {@code --data} or {@code LECTERN_DATA}, and no
 * other; {@code ./lectern-data}; the data folder that {@code serve} used last; the server at the usual address of this machine, by HTTP or by HTTPS. A folder
 * stands for the server that has it open.
 */
public final class LibraryLocator {
    private static final Logger log = LoggerFactory.getLogger(LibraryLocator.class);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
    private static final String USUAL_FOLDER = "lectern-data";

    private final Map<String, String> environment;
    private final Path workingFolder;
    private final LastDataFolder last;

    LibraryLocator(Map<String, String> environment, Path workingFolder, LastDataFolder last) {
        this.environment = Map.copyOf(environment);
        this.workingFolder = workingFolder.toAbsolutePath().normalize();
        this.last = last;
    }

    /** The locator for this process. */
    public static LibraryLocator ofProcess() {
        return new LibraryLocator(
                System.getenv(),
                ArgumentPath.workingFolder(),
                LastDataFolder.of(System.getenv(), System.getProperty("user.home", "?")));
    }

    /** The data folder that {@code serve} used last. */
    public LastDataFolder last() {
        return last;
    }

    /**
     * The folder that {@code serve} uses.
     *
     * @param option the option {@code --data}; null when it is not given
     */
    public Path folderToServe(@Nullable Path option) {
        return named(option).orElseGet(() -> workingFolder.resolve(USUAL_FOLDER));
    }

    /**
     * Finds the library.
     *
     * @param option the option {@code --data}; null when it is not given
     * @return {@code Missing} with the folder that {@code serve} would use when there is no library
     */
    public LibraryLocation find(@Nullable Path option) throws IOException {
        String url = environment.getOrDefault("LECTERN_URL", "");
        if (!url.isBlank()) {
            URI address = ClientProperties.address(url);
            return new LibraryLocation.Server(address, keyFolder(address, option));
        }
        Optional<Path> named = named(option);
        if (named.isPresent()) {
            return at(named.get());
        }
        for (Path folder : usualFolders()) {
            LibraryLocation location = at(folder);
            if (!(location instanceof LibraryLocation.Missing)) {
                return location;
            }
        }
        for (URI usual : List.of(usualAddress("http"), usualAddress("https"))) {
            if (probe(usual) == Probe.LECTERN) {
                return new LibraryLocation.Server(usual, null);
            }
        }
        return new LibraryLocation.Missing(workingFolder.resolve(USUAL_FOLDER));
    }

    /**
     * Finds the library for a command that is meant for the next start of {@code serve}: that of a running server, or the folder that {@code serve} would use.
     *
     * @param option the option {@code --data}; null when it is not given
     * @throws LecternException {@code INVALID_REQUEST} if the last server used another folder, does not run, and neither folder is named
     */
    public LibraryLocation findToServe(@Nullable Path option) throws IOException {
        LibraryLocation location = find(option);
        Path served = folderToServe(option);
        if (location instanceof LibraryLocation.Folder(Path folder) && !folder.equals(served)) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "Two libraries may be meant: the last server used " + folder + ", and lectern serve would use "
                            + served + " here. Name one of them with --data.");
        }
        return location;
    }

    /** Says where a library was looked for, and what to do. */
    public String describeMissing(LibraryLocation.Missing missing, @Nullable Path option) {
        if (named(option).isPresent()) {
            return "There is no library in " + missing.dataFolder()
                    + ". Name its folder with --data, or make one: lectern serve DIR --data " + missing.dataFolder();
        }
        URI https = usualAddress("https");
        if (probe(https) == Probe.UNTRUSTED) {
            return "There is no library in " + missing.dataFolder() + ", and the certificate of the server at " + https
                    + " is not for this address or of an unknown authority. Name the data folder of the server with"
                    + " --data, or its name with LECTERN_URL=https://… and a self-signed certificate with "
                    + ServerTrust.VARIABLE + ".";
        }
        return "There is no library in " + missing.dataFolder() + " and no server at " + usualAddress("http")
                + ". Make one with lectern serve DIR, or name its folder with --data or its server with"
                + " LECTERN_URL.";
    }

    private LibraryLocation at(Path folder) throws IOException {
        Optional<URI> running = ServerAddressFile.read(folder);
        if (running.isPresent()) {
            return new LibraryLocation.Server(running.get(), folder);
        }
        // With PostgreSQL the library is not in the folder.
        boolean library = Files.isRegularFile(folder.resolve("lectern.db"))
                || !environment.getOrDefault("LECTERN_DATABASE_URL", "").isBlank()
                || !environment.getOrDefault("LECTERN_DATABASE_URL_FILE", "").isBlank();
        return library ? new LibraryLocation.Folder(folder) : new LibraryLocation.Missing(folder);
    }

    private Optional<Path> named(@Nullable Path option) {
        String variable = environment.getOrDefault("LECTERN_DATA", "").strip();
        Path named = option != null ? option : variable.isEmpty() ? null : Path.of(variable);
        return Optional.ofNullable(named)
                .map(path -> workingFolder.resolve(path).normalize());
    }

    private List<Path> usualFolders() {
        List<Path> folders = new ArrayList<>();
        folders.add(workingFolder.resolve(USUAL_FOLDER));
        last.read().ifPresent(folders::add);
        return folders;
    }

    /** The folder that is named, or a usual one whose server has this address. */
    private @Nullable Path keyFolder(URI address, @Nullable Path option) throws IOException {
        Optional<Path> named = named(option);
        if (named.isPresent()) {
            return named.get();
        }
        for (Path folder : usualFolders()) {
            Optional<URI> running = ServerAddressFile.read(folder);
            if (running.isPresent() && running.get().getPort() == address.getPort() && isHere(address)) {
                return folder;
            }
        }
        return null;
    }

    private static boolean isHere(URI address) {
        String host = String.valueOf(address.getHost());
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    private URI usualAddress(String scheme) {
        String port = environment.getOrDefault("LECTERN_PORT", "").strip();
        return URI.create(scheme + "://127.0.0.1:" + (port.matches("[1-9][0-9]{0,4}") ? port : "8080"));
    }

    /** What is at an address. */
    private enum Probe {
        LECTERN,
        /** A server with a certificate that is not trusted for the address. */
        UNTRUSTED,
        /** Nothing, or another program. */
        OTHER
    }

    private Probe probe(URI address) {
        try (HttpClient http = client(address.getScheme())) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/health/ready"))
                    .timeout(PROBE_TIMEOUT)
                    .build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            boolean lectern =
                    response.body().contains("\"parts\"") && response.body().contains("\"state\"");
            return lectern ? Probe.LECTERN : Probe.OTHER;
        } catch (SSLHandshakeException untrusted) {
            log.debug("The server at {} is not trusted", address, untrusted);
            return Probe.UNTRUSTED;
        } catch (IOException | IllegalArgumentException nobody) {
            log.debug("No server at {}", address, nobody);
            return Probe.OTHER;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Probe.OTHER;
        }
    }

    private HttpClient client(String scheme) {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT);
        return scheme.equals("https")
                ? client.sslContext(ServerTrust.ofFile(environment.getOrDefault(ServerTrust.VARIABLE, "")))
                        .build()
                : client.build();
    }
}
