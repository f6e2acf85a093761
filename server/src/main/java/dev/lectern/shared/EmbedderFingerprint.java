package dev.lectern.shared;

/**
 * The properties of an embedder that decide whether two embeddings are comparable. Only vectors of equal fingerprints may be searched together. The id hashes
 * the names of the components as well as their values: renaming one of them would make every stored embedding unusable.
 *
 * @param model the model's name, with a hash of its weights where they are a file
 * @param dimensions of the vector, 1 to 4096
 * @param questionPrefix put before every question, may be empty
 * @param passagePrefix put before every passage, may be empty
 * @param pooling {@code cls}, {@code mean}, or {@code remote} where the service decides
 * @param normalised whether vectors have length 1
 */
public record EmbedderFingerprint(
        String model, int dimensions, String questionPrefix, String passagePrefix, String pooling, boolean normalised) {

    /** The first sixteen hexadecimal digits of a SHA-256 of all components; used in file names and keys. */
    public String id() {
        return Sha256.hex(toString()).substring(0, 16);
    }
}
