package dev.lectern.observability.circuits;

import dev.lectern.observability.spi.HealthCheck;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Reports open circuits as a warning: the component that needs the service reports by itself whether it is down. */
@Component
class CircuitBreakerHealthCheck implements HealthCheck {
    private final ObjectProvider<Resilience4jRegistry> registry;

    CircuitBreakerHealthCheck(ObjectProvider<Resilience4jRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public String name() {
        return "circuits";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        List<String> open = registry.getObject().open();
        return open.isEmpty()
                ? Health.up("All circuits are closed.")
                : Health.warning(
                        String.join(", ", open)
                                + " failed several times in a row. Calls are rejected until a trial call succeeds. See the log for the cause.");
    }
}
