package dev.lectern.observability.circuits;

import dev.lectern.observability.spi.HealthPart;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** A stopped circuit is a warning: the part that needs what is behind it says for itself whether it is down. */
@Component
class CircuitsHealth implements HealthPart {
    private final ObjectProvider<KnownCircuits> circuits;

    CircuitsHealth(ObjectProvider<KnownCircuits> circuits) {
        this.circuits = circuits;
    }

    @Override
    public String name() {
        return "circuits";
    }

    @Override
    public boolean neededToBeReady() {
        return false;
    }

    @Override
    public Health check() {
        List<String> stopped = circuits.getObject().stopped();
        return stopped.isEmpty()
                ? Health.up("Nothing remote keeps failing.")
                : Health.warning(
                        String.join(", ", stopped)
                                + " failed several times in a row. Nothing is sent there for a while, then one call tries; the log has the reason.");
    }
}
