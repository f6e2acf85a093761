package dev.lectern.cli.commands;

import dev.lectern.cli.client.ArgumentPath;
import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code tls self-signed}: makes a key and a certificate for a trial of HTTPS. */
@Command(
        name = "self-signed",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a private key and a certificate that no authority signed, for a trial of HTTPS.",
            "Browsers warn of it. Use a certificate of an authority, such as Let's Encrypt, for readers."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern tls self-signed",
            "  lectern tls self-signed --host docs.example.org --host 192.0.2.7 --days 90 --folder /etc/lectern"
        })
final class SelfSignedCommand implements Callable<Integer> {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int MAX_DAYS = 825;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "Host name or IP address that readers use; may be repeated. localhost is always included.")
    private List<String> hosts = List.of();

    @Option(names = "--days", description = "Days for which it is valid, 1 to 825 (default: 30).")
    private int days = 30;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Folder that key.pem and certificate.pem are written to (default: lectern-tls).")
    private @Nullable Path folder;

    @Override
    public Integer call() throws IOException {
        for (String host : hosts) {
            if (!HOST.matcher(host).matches()) {
                return refuse("--host " + host + " is no host name or IP address. Write it without scheme and port.");
            }
        }
        if (days < 1 || days > MAX_DAYS) {
            return refuse("--days " + days + " is not valid. Set it to a whole number from 1 to " + MAX_DAYS + ".");
        }
        Path target = folder != null ? folder : ArgumentPath.workingFolder().resolve("lectern-tls");
        Path key = target.resolve("key.pem").toAbsolutePath().normalize();
        Path certificate = target.resolve("certificate.pem").toAbsolutePath().normalize();
        for (Path file : List.of(key, certificate)) {
            if (Files.exists(file)) {
                return refuse(FolderPath.format(file)
                        + " exists and is not replaced. Delete key.pem and certificate.pem, or name another --folder.");
            }
        }
        SelfSignedCertificate made;
        try {
            made = SelfSignedCertificate.make(
                    hosts, Duration.ofDays(days), InstantSource.system().instant());
        } catch (IllegalArgumentException malformed) {
            return refuse("One of --host " + String.join(", ", hosts) + " is no IP address. Correct it.");
        }
        Files.createDirectories(target);
        writePrivate(key, made.keyPem());
        Files.writeString(certificate, made.certificatePem(), StandardOpenOption.CREATE_NEW);
        System.out.println("Written: " + FolderPath.format(key) + " and " + FolderPath.format(certificate)
                + ", valid for " + days + (days == 1 ? " day." : " days."));
        System.out.println("Start the server with them:");
        System.out.println("  LECTERN_TLS_CERTIFICATE=" + FolderPath.format(certificate) + " LECTERN_TLS_KEY="
                + FolderPath.format(key) + " lectern serve");
        String names = hosts.stream().filter(host -> !host.equals("localhost")).collect(Collectors.joining(","));
        if (!names.isEmpty()) {
            System.out.println("For people on other machines also set LECTERN_HOST=0.0.0.0 and"
                    + " LECTERN_SECURITY_ALLOWED_HOSTS=" + names + ", or their requests are refused.");
        }
        System.out.println("Browsers warn of this certificate, since no authority signed it.");
        return ExitCode.OK;
    }

    private static int refuse(String message) {
        System.err.println("lectern: " + message);
        return ExitCode.USAGE;
    }

    /** Nobody but the owner may read the key, from its first byte on. */
    private static void writePrivate(Path file, String text) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)
                .close();
        Files.writeString(file, text);
    }
}
