package dev.lectern.caching;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Computes a value on the first call and returns it ever after; a call that fails is repeated by the next one. Thread-safe. */
public final class MemoizedSupplier<T> implements Supplier<T> {
    private final Supplier<T> source;
    private volatile @Nullable T value;

    public MemoizedSupplier(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public T get() {
        T current = value;
        if (current == null) {
            current = source.get();
            value = current;
        }
        return current;
    }
}
