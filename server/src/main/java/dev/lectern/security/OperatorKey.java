package dev.lectern.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The key in the key file of a data folder. Whoever can read the file is the operator. The file is readable only by its owner. */
public final class OperatorKey {
    private static final String FILE = "key";
    private static final int BYTES = 32;

    private final Path dataFolder;
    private volatile byte[] key;

    private OperatorKey(Path dataFolder, String key) {
        this.dataFolder = dataFolder;
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the key of a data folder; creates the file when it is missing. */
    public static OperatorKey ofFolder(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve(FILE);
        if (Files.notExists(file)) {
            create(file);
        }
        return new OperatorKey(dataFolder, read(dataFolder));
    }

    /** The key as text, for a client that sends it. */
    public static String read(Path dataFolder) throws IOException {
        return Files.readString(dataFolder.resolve(FILE)).strip();
    }

    /** Writes a new key to the file; from then on the former one does not match. */
    void replace() throws IOException {
        Path file = dataFolder.resolve(FILE);
        Path temporary = writeNew(file);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        key = read(dataFolder).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether {@code token} is the key. Takes the same time for a wrong token as for the right one. */
    boolean matches(String token) {
        return MessageDigest.isEqual(key, token.getBytes(StandardCharsets.UTF_8));
    }

    private static void create(Path file) throws IOException {
        Path temporary = writeNew(file);
        try {
            Files.move(temporary, file);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            Files.delete(temporary);
        }
    }

    private static Path writeNew(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        FileAttribute<?>[] ownerOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path temporary = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(temporary);
        try (var channel = Files.newByteChannel(
                temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(StandardCharsets.UTF_8.encode(key));
        }
        return temporary;
    }
}
