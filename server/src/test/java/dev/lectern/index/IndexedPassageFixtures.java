package dev.lectern.index;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.PassageId;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Builds passages for tests; unspecified values have defaults. */
public final class IndexedPassageFixtures {
    public static final int DIMENSIONS = 16;
    public static final EmbedderFingerprint FINGERPRINT =
            new EmbedderFingerprint("test", DIMENSIONS, "", "", "cls", true);
    public static final CollectionId COLLECTION = new CollectionId("default");

    private static final int CLUSTERS = 200;
    private static final float SPREAD = 0.35f;

    private IndexedPassageFixtures() {}

    /** In the default collection, document {@code d}, version 1, English, without title and headings. */
    public static IndexedPassage passage(String id, String text) {
        return new IndexedPassage(
                new PassageId(id), COLLECTION, new DocumentId("d"), 1, "en", "", List.of(), text, axis(0));
    }

    public static IndexedPassage in(IndexedPassage passage, String collection, String document, int version) {
        return new IndexedPassage(
                passage.id(),
                new CollectionId(collection),
                new DocumentId(document),
                version,
                passage.language(),
                passage.title(),
                passage.headings(),
                passage.text(),
                passage.labels(),
                passage.embedding());
    }

    public static IndexedPassage language(IndexedPassage passage, String language) {
        return new IndexedPassage(
                passage.id(),
                passage.collection(),
                passage.document(),
                passage.version(),
                language,
                passage.title(),
                passage.headings(),
                passage.text(),
                passage.labels(),
                passage.embedding());
    }

    public static IndexedPassage titled(IndexedPassage passage, String title, List<String> headings) {
        return new IndexedPassage(
                passage.id(),
                passage.collection(),
                passage.document(),
                passage.version(),
                passage.language(),
                title,
                headings,
                passage.text(),
                passage.labels(),
                passage.embedding());
    }

    public static IndexedPassage embedded(IndexedPassage passage, float[] embedding) {
        return new IndexedPassage(
                passage.id(),
                passage.collection(),
                passage.document(),
                passage.version(),
                passage.language(),
                passage.title(),
                passage.headings(),
                passage.text(),
                passage.labels(),
                embedding);
    }

    /** The same passage of a document with these access labels. */
    public static IndexedPassage labelled(IndexedPassage passage, String... labels) {
        return new IndexedPassage(
                passage.id(),
                passage.collection(),
                passage.document(),
                passage.version(),
                passage.language(),
                passage.title(),
                passage.headings(),
                passage.text(),
                Set.of(labels),
                passage.embedding());
    }

    /** The unit vector of a dimension. */
    public static float[] axis(int dimension) {
        float[] vector = new float[DIMENSIONS];
        vector[dimension] = 1;
        return vector;
    }

    /** A vector in the plane of the first two dimensions. */
    public static float[] degrees(double degrees) {
        float[] vector = new float[DIMENSIONS];
        vector[0] = (float) Math.cos(Math.toRadians(degrees));
        vector[1] = (float) Math.sin(Math.toRadians(degrees));
        return vector;
    }

    /** Vectors of length 1 that lie in clusters, as those of real texts do. */
    public static float[] clustered(Random random) {
        Random centre = new Random(random.nextInt(CLUSTERS));
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) centre.nextGaussian() + SPREAD * (float) random.nextGaussian();
        }
        return normalize(vector);
    }

    /** A vector of length 1 of a topic. Topic 0 is broad and far from the others, which are narrow. */
    public static float[] topical(Random random, int topic) {
        Random centre = new Random(1_000 + topic);
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) centre.nextGaussian() * (topic == 0 ? 1 : 2) + SPREAD * (float) random.nextGaussian();
        }
        return normalize(vector);
    }

    private static float[] normalize(float[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }

    public static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
