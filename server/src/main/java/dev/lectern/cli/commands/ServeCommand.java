package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import dev.lectern.cli.client.ArgumentPath;
import dev.lectern.cli.client.EmbeddedServer;
import dev.lectern.cli.client.ServerAddressFile;
import dev.lectern.http.NetworkReach;
import dev.lectern.security.AdministratorInvitation;
import dev.lectern.shared.FolderPath;
import dev.lectern.shared.ShutdownSignal;
import dev.lectern.storage.DataFolderFinder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code serve}: runs the server until it is stopped. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves the chat page and the API, and ingests folders in the background.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern serve ~/Documents          serves this folder and watches it for changes",
            "  lectern serve                      serves the existing library",
            "  lectern serve notes --port 9000 --data /var/lib/lectern"
        })
final class ServeCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "DIR",
            description = "Folders to add as sources of the default collection.")
    private List<Path> folders = List.of();

    @Option(names = "--port", description = "Port to listen on (default: LECTERN_PORT, then 8080).")
    private @Nullable Integer port;

    @Option(names = "--host", description = "Address to listen on (default: LECTERN_HOST, then 127.0.0.1).")
    private @Nullable String host;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    /** Creates the command from parsed options; all values are valid. */
    static ServeCommand of(List<Path> folders, Map<String, String> options) {
        ServeCommand command = new ServeCommand();
        command.folders = List.copyOf(folders);
        String port = options.get("--port");
        command.port = port == null ? null : Integer.valueOf(port);
        command.host = options.get("--host");
        String data = options.get("--data");
        command.data = data == null ? new DataFolderOption() : DataFolderOption.of(ArgumentPath.of(data));
        return command;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Path> answering = new ArrayList<>();
        for (Path folder : folders) {
            Optional<String> objection = findObjection(folder, answering);
            if (objection.isPresent()) {
                System.err.println("lectern: " + objection.get());
                return ExitCode.USAGE;
            }
        }
        folders = List.copyOf(answering);
        EmbeddedServer embeddedServer = start();
        CountDownLatch closed = new CountDownLatch(1);
        Path dataFolder = embeddedServer.dataFolder();
        Optional<Path> former = data.locator().last().read();
        writeAddress(embeddedServer);
        embeddedServer.onCertificateChange(() -> rewriteAddress(embeddedServer));
        data.locator().last().write(dataFolder);
        embeddedServer.onClose(() -> {
            remove(dataFolder);
            closed.countDown();
        });
        // A stop during the start waits for its end.
        if (!ShutdownSignal.isReceived()) {
            Terminal terminal = Terminal.ofProcess();
            System.out.println("Lectern answers on "
                    + terminal.strong(embeddedServer.address().toString()));
            inviteAdministrator(embeddedServer);
            embeddedServer.warmUp();
            try (ApiClient apiClient = ApiClient.of(embeddedServer)) {
                announce(apiClient, dataFolder, former);
            }
        }
        closed.await();
        return ExitCode.OK;
    }

    /** A start that fails leaves no data folder behind that was not there before. */
    private EmbeddedServer start() throws IOException {
        Path folder = data.folder();
        boolean isNew = Files.notExists(folder);
        try {
            return EmbeddedServer.start(settings());
        } catch (RuntimeException refused) {
            if (isNew) {
                FileSystemUtils.deleteRecursively(folder);
            }
            throw refused;
        }
    }

    /** The link is for the person at this console. In the format json, what the process prints is collected as its log, where others read it. */
    private static void inviteAdministrator(EmbeddedServer server) {
        AdministratorInvitation invitation = server.bean(AdministratorInvitation.class);
        if (!invitation.isNeeded()) {
            return;
        }
        if (server.isLogCollected()) {
            System.err.println("lectern: nobody is administrator yet. Add one: lectern user create --admin NAME --data "
                    + server.dataFolder());
            return;
        }
        invitation
                .createLink(server.address())
                .ifPresent(link -> {
                    System.out.println(
                            "Nobody is administrator yet. Whoever opens this link within 15 minutes becomes it, once:"
                                    + System.lineSeparator() + "  " + link);
                    URI address = URI.create(link);
                    if (LocalLinks.isLocal(address)
                            && server.bean(NetworkReach.class).isReachedFromNetwork()) {
                        System.out.println(LocalLinks.hint(address));
                    }
                });
    }

    /** Why a folder cannot be served. One that does not answer is left out with a warning: the other folders are served all the same. */
    private Optional<String> findObjection(Path folder, List<Path> answering) throws IOException, InterruptedException {
        Optional<Optional<String>> answer = TimedPathCheck.ask(
                () -> Files.isDirectory(folder)
                        ? DataFolderFinder.findObjection(folder, data.folder())
                        : Optional.of(FolderPath.format(folder) + " is not a folder. Specify an existing folder."),
                TimedPathCheck.LIMIT);
        if (answer.isEmpty()) {
            System.err.println("lectern: The folder " + FolderPath.format(folder) + " did not answer within "
                    + TimedPathCheck.LIMIT.toSeconds()
                    + " s and is left out. Check the disk or the network share that it is on. If it was added before,"
                    + " it is read once it answers again.");
            return Optional.empty();
        }
        if (answer.get().isEmpty()) {
            answering.add(folder);
        }
        return answer.get();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("lectern.data", ArgumentPath.toSetting(data.folder()));
        if (port != null) {
            settings.put("lectern.port", port.toString());
        }
        if (host != null) {
            settings.put("lectern.host", host);
        }
        return settings;
    }

    private void announce(ApiClient apiClient, Path dataFolder, Optional<Path> former) {
        Set<String> named = new HashSet<>();
        for (Path folder : folders) {
            named.add(SourceRegistration.add(apiClient, folder).path("id").asString(""));
            System.out.println(
                    "Ingesting " + FolderPath.format(folder.toAbsolutePath().normalize())
                            + " in the background. Questions can already be asked.");
        }
        if (folders.isEmpty()) {
            String content = EmptyCollections.describe(apiClient.get("/collections"));
            System.out.println(
                    content.isEmpty()
                            ? "The library in " + dataFolder
                                    + " is empty. Upload files on the page, or start with a folder: lectern serve DIR"
                            : "Serving the library in " + dataFolder + ": " + content + ".");
            if (content.isEmpty()) {
                former.filter(folder -> !folder.equals(dataFolder))
                        .ifPresent(folder -> System.out.println(
                                "The last server had the library in " + folder + ": lectern serve --data " + folder));
            }
        }
        FollowedFolders.describe(new SourceFinder(apiClient).list(null), named).forEach(System.out::println);
        System.out.println("Press Ctrl-C to stop.");
    }

    private static void writeAddress(EmbeddedServer server) throws IOException {
        ServerAddressFile.write(
                server.dataFolder(),
                server.address(),
                server.certificateDigest().orElse(null));
    }

    private static void rewriteAddress(EmbeddedServer server) {
        try {
            writeAddress(server);
        } catch (IOException unwritten) {
            System.err.println("lectern: the file `server` in " + server.dataFolder()
                    + " could not be written. Commands cannot call this server until it is started again.");
        }
    }

    private static void remove(Path dataFolder) {
        try {
            ServerAddressFile.delete(dataFolder);
        } catch (IOException leftBehind) {
            System.err.println(
                    "lectern: the file `server` in " + dataFolder + " could not be deleted. It can be ignored.");
        }
    }
}
