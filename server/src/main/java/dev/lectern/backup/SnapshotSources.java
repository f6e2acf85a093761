package dev.lectern.backup;

import dev.lectern.backup.spi.SnapshotSource;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/** All sources of the program without the rest of it, for a command beside a running server. */
public final class SnapshotSources implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private SnapshotSources(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Nothing else is made: no server, no connection, no data folder. Checks the environment and sets up the log as a start does. */
    public static SnapshotSources alone() {
        SpringApplication application = new SpringApplicationBuilder(Found.class)
                .web(WebApplicationType.NONE)
                .properties("logging.level.dev.lectern=warn")
                .build();
        return new SnapshotSources(application.run());
    }

    public List<SnapshotSource> all() {
        return context.getBeanProvider(SnapshotSource.class).orderedStream().toList();
    }

    @Override
    public void close() {
        context.close();
    }

    /** Not a component: whoever scans everything finds the sources by themselves. */
    @ComponentScan(
            basePackages = "dev.lectern",
            useDefaultFilters = false,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = SnapshotSource.class))
    private static final class Found {}
}
