package dev.lectern.observability.spi;

import java.util.List;

/** Health checks whose number is known only at run time, such as one for each configured model. */
public interface HealthCheckGroup {

    /** The present checks, in the order of their report; each has a name of its own. */
    List<HealthCheck> healthChecks();
}
