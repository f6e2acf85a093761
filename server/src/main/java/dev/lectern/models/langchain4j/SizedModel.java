package dev.lectern.models.langchain4j;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service's embedding model with the size of its vectors: {@code bge-m3@1024}, so that two of different sizes can be used at a time.
 *
 * @param dimensions 1 to 4096
 */
public record SizedModel(String name, int dimensions) {
    private static final Pattern SIZED = Pattern.compile("(.+)@([1-9][0-9]{0,3})");
    private static final int MOST = 4096;

    /** @param otherwise dimensions of a name that does not say them */
    public static SizedModel of(String text, int otherwise) {
        Matcher sized = SIZED.matcher(text);
        if (sized.matches()) {
            int dimensions = Integer.parseInt(sized.group(2));
            if (dimensions <= MOST) {
                return new SizedModel(sized.group(1), dimensions);
            }
        }
        return new SizedModel(text, otherwise);
    }
}
