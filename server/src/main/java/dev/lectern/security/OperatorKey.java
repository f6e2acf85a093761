package dev.lectern.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The key in the key file of a data folder. Whoever can read the file is the operator. The file is readable only by its owner. */
public final class OperatorKey {
    private static final String FILE = "key";

    private final KeyFile file;
    private volatile byte[] key;

    private OperatorKey(KeyFile file, String key) {
        this.file = file;
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the key of a data folder; creates the file when it is missing. */
    public static OperatorKey ofFolder(Path dataFolder) throws IOException {
        KeyFile file = new KeyFile(dataFolder, FILE);
        return new OperatorKey(file, file.readOrCreate());
    }

    /** The key as text, for a client that sends it. */
    public static String read(Path dataFolder) throws IOException {
        return new KeyFile(dataFolder, FILE).read();
    }

    /** Writes a new key to the file; from then on the former one does not match. */
    void replace() throws IOException {
        key = file.replace().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether {@code token} is the key. Takes the same time for a wrong token as for the right one. */
    boolean matches(String token) {
        return MessageDigest.isEqual(key, token.getBytes(StandardCharsets.UTF_8));
    }
}
