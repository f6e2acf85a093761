package dev.lectern.models.decorators;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The last days of models, from the file {@code models/model-end-dates.csv} of the program. */
final class ModelEndDates {
    private static final String FILE = "/models/model-end-dates.csv";
    private static final int COLUMNS = 5;
    private static final ModelEndDates BUNDLED = read();

    private final Map<String, End> ends;

    /**
     * The end of a model.
     *
     * @param replacement the model that answers afterwards; empty if calls fail
     */
    record End(LocalDate lastDay, String replacement) {}

    private ModelEndDates(Map<String, End> ends) {
        this.ends = Map.copyOf(ends);
    }

    static ModelEndDates bundled() {
        return BUNDLED;
    }

    /** @param model as in the configuration, with its service */
    Optional<End> find(String model) {
        return Optional.ofNullable(ends.get(bareName(model)));
    }

    /** The name of a model in lower case, without its service, its publisher and what Gemini puts before it. */
    static String bareName(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        name = name.substring(name.lastIndexOf('/') + 1);
        int colon = name.indexOf(':');
        return colon > 0 && !model.contains("/") ? name.substring(colon + 1) : name;
    }

    private static ModelEndDates read() {
        Map<String, End> ends = new HashMap<>();
        try (InputStream file = Objects.requireNonNull(ModelEndDates.class.getResourceAsStream(FILE));
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("model,"))
                    .forEach(line -> addRow(line, ends));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ModelEndDates(ends);
    }

    private static void addRow(String line, Map<String, End> ends) {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalStateException(FILE + " has a row with " + cells.length + " cells: " + line);
        }
        ends.put(cells[0], new End(LocalDate.parse(cells[1]), cells[2]));
    }
}
