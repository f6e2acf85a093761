package dev.lectern.library.catalog;

import dev.lectern.observability.spi.HealthCheck;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Checks that the database of the library can be read, and shows the number of documents by status. */
@Component
class LibraryHealthCheck implements HealthCheck {
    private final CachedDocumentCounts counts;

    LibraryHealthCheck(CachedDocumentCounts counts) {
        this.counts = counts;
    }

    @Override
    public String name() {
        return "library";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return true;
    }

    @Override
    public Health check() {
        try {
            Map<String, Object> figures = counts.all().entrySet().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey().text(), Entry::getValue));
            return new Health(State.UP, "The database of the library can be read.", figures);
        } catch (DataAccessException | TransactionException e) {
            return Health.down(
                    "The database of the library cannot be read. Check the disk and the permissions of the data folder.");
        }
    }
}
