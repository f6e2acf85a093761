package dev.lectern.ingestion.jdbc;

import dev.lectern.shared.IdGenerator;
import org.springframework.stereotype.Component;

/** This process among those that share the work: a new name at every start, so that a former self counts as dead. */
@Component
class Owner {
    private final String id;

    Owner(IdGenerator ids) {
        this.id = ids.next();
    }

    String id() {
        return id;
    }
}
