package dev.lectern.http;

import org.jspecify.annotations.Nullable;

/** Reads parameters of a URL that are JSON objects, as strictly as request bodies. Thread-safe. */
public interface JsonParameters {
    /**
     * @param name of the parameter
     * @param json its value; null or blank when it is absent
     * @return null when it is absent
     * @throws dev.lectern.shared.LecternException INVALID_REQUEST, which names the parameter or the field in it
     */
    <T> @Nullable T read(String name, @Nullable String json, Class<T> type);
}
