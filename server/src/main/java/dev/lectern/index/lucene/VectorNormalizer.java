package dev.lectern.index.lucene;

/** Scales vectors to unit length. */
final class VectorNormalizer {
    private VectorNormalizer() {}

    /** Returns a copy with length 1; a zero vector stays zero. */
    static float[] normalize(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        float[] copy = vector.clone();
        double length = Math.sqrt(sum);
        if (length > 0) {
            for (int i = 0; i < copy.length; i++) {
                copy[i] = (float) (copy[i] / length);
            }
        }
        return copy;
    }
}
