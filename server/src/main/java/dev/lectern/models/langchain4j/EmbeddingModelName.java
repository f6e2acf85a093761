package dev.lectern.models.langchain4j;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configured name of a remote embedding model with its dimensions, as {@code bge-m3@1024}, so that the same model can be used in two sizes.
 *
 * @param dimensions 1 to 4096
 */
public record EmbeddingModelName(String name, int dimensions) {
    private static final Pattern SIZED = Pattern.compile("(.+)@([1-9][0-9]{0,3})");
    private static final int MAX_DIMENSIONS = 4096;

    /** @param defaultDimensions used for a name without dimensions */
    public static EmbeddingModelName of(String text, int defaultDimensions) {
        Matcher sized = SIZED.matcher(text);
        if (sized.matches()) {
            int dimensions = Integer.parseInt(sized.group(2));
            if (dimensions <= MAX_DIMENSIONS) {
                return new EmbeddingModelName(sized.group(1), dimensions);
            }
        }
        return new EmbeddingModelName(text, defaultDimensions);
    }
}
