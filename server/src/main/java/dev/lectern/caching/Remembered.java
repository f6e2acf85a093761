package dev.lectern.caching;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value of this process that is asked for once and never ends; what fails is asked again. Thread-safe. */
public final class Remembered<T> implements Supplier<T> {
    private final Supplier<T> source;
    private volatile @Nullable T value;

    public Remembered(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public T get() {
        T known = value;
        if (known == null) {
            known = source.get();
            value = known;
        }
        return known;
    }
}
