package dev.lectern.storage.nodes;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The lease of a node in the database that the nodes share.
 *
 * @param nodeLease Time without a heartbeat after which a node counts as dead and other nodes take over its work, as 30s, 1s to 1h. Set the same on all nodes.
 */
@ConfigurationProperties("lectern.database")
record NodeProperties(@DefaultValue("30s") Duration nodeLease) {
    NodeProperties {
        SettingValidator.of("lectern.database")
                .requireBetween("node-lease", nodeLease, Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
