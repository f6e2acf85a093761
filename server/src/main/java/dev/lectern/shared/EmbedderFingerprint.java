package dev.lectern.shared;

/**
 * What makes two embeddings comparable: vectors of equal fingerprints may be searched together, others never.
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

    /** Sixteen hexadecimal digits that stand for all of it; used in file names and keys. */
    public String id() {
        return Sha256.hex(toString()).substring(0, 16);
    }
}
