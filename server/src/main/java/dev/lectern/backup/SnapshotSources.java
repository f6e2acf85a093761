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

/** All snapshot sources without the rest of the application, for a command beside a running server. */
public final class SnapshotSources implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private SnapshotSources(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Creates the sources only: no server, no connection, no data folder. Checks the environment and configures the log as a start does. */
    public static SnapshotSources openStandalone() {
        SpringApplication application = new SpringApplicationBuilder(SourceScan.class)
                .web(WebApplicationType.NONE)
                .properties("logging.level.dev.lectern=warn")
                .build();
        return new SnapshotSources(application.run());
    }

    /** The sources of all modules. */
    public List<SnapshotSource> all() {
        return context.getBeanProvider(SnapshotSource.class).orderedStream().toList();
    }

    @Override
    public void close() {
        context.close();
    }

    /** Not a component, since the component scan of the application finds the sources by itself. */
    @ComponentScan(
            basePackages = "dev.lectern",
            useDefaultFilters = false,
            includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = SnapshotSource.class))
    private static final class SourceScan {}
}
