package dev.lectern.ingestion.parsing.formats.pdf.layout;

/** Numbers from 0 that are joined to sets. */
final class UnionFind {
    private final int[] parents;

    UnionFind(int size) {
        parents = new int[size];
        for (int i = 0; i < size; i++) {
            parents[i] = i;
        }
    }

    /** The number that stands for the set of a number. */
    int find(int number) {
        int root = number;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    void join(int one, int other) {
        int first = find(one);
        int second = find(other);
        parents[Math.max(first, second)] = Math.min(first, second);
    }
}
