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
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** A file of the data folder with one random key of 256 bits, readable only by its owner. */
final class KeyFile {
    private static final int BYTES = 32;

    private final Path file;

    KeyFile(Path dataFolder, String name) {
        this.file = dataFolder.resolve(name);
    }

    /** The key as text; a new one when the file is missing. */
    String readOrCreate() throws IOException {
        if (Files.notExists(file)) {
            Path temporary = writeNew();
            try {
                Files.move(temporary, file);
            } catch (FileAlreadyExistsException madeMeanwhile) {
                Files.delete(temporary);
            }
        }
        return read();
    }

    /** The key; empty when the file is missing. */
    Optional<String> readIfPresent() throws IOException {
        return Files.notExists(file) ? Optional.empty() : Optional.of(read());
    }

    String read() throws IOException {
        return Files.readString(file).strip();
    }

    /** Writes a new key to the file, and returns it. */
    String replace() throws IOException {
        Files.move(writeNew(), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return read();
    }

    private Path writeNew() throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        FileAttribute<?>[] ownerOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (var channel = Files.newByteChannel(
                temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(StandardCharsets.UTF_8.encode(key));
        }
        return temporary;
    }
}
