package dev.lectern.models.langchain4j;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configured name of a remote embedding model with its dimensions, as {@code bge-m3@1024}, so that the same model can be used in two sizes.
 *
 * @param dimensions 1 to 4096
 */
public record EmbeddingModelName(String name, int dimensions) {
    /** Maximum dimensions of an embedder that the index can hold. */
    public static final int MAX_DIMENSIONS = 4096;

    private static final int MAX_DIGITS = 9;
    private static final Pattern SIZED = Pattern.compile("(.*)@([0-9]*)");

    /**
     * @param defaultDimensions used for a name without dimensions
     * @throws LecternException {@code INVALID_REQUEST} when the number behind {@code @} is not from 1 to 4096
     */
    public static EmbeddingModelName of(String text, int defaultDimensions) {
        Matcher sized = SIZED.matcher(text);
        if (sized.matches()) {
            String number = sized.group(2);
            int dimensions = number.isEmpty() || number.length() > MAX_DIGITS ? 0 : Integer.parseInt(number);
            if (dimensions < 1 || dimensions > MAX_DIMENSIONS || sized.group(1).isBlank()) {
                throw new LecternException(
                        ErrorCode.INVALID_REQUEST,
                        "The embedding model \"" + text + "\" needs a name, and a number of dimensions from 1 to "
                                + MAX_DIMENSIONS + " behind @, as in bge-m3@1024.");
            }
            return new EmbeddingModelName(sized.group(1), dimensions);
        }
        return new EmbeddingModelName(text, defaultDimensions);
    }
}
