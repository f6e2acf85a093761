package dev.lectern.shared;

/** Encrypts secrets that the database has to give back. Thread-safe. */
public interface SecretEncryption {

    /**
     * The encrypted text, another one each time.
     *
     * @param purpose what the secret is for and whose it is, such as {@code second_factor:01J…}; {@link #decrypt} needs the same
     */
    String encrypt(String secret, String purpose);

    /**
     * The secret of an encrypted text.
     *
     * @throws LecternException INTERNAL, for the operator, when it was encrypted with another key or for another purpose, or was changed
     */
    String decrypt(String encrypted, String purpose);
}
