package dev.lectern.index.lucene;

final class Vectors {
    private Vectors() {}

    /** A copy of length 1; zeros stay zeros, which are equally far from everything. */
    static float[] ofLengthOne(float[] vector) {
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
