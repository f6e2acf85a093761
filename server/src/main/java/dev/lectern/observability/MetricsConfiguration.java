package dev.lectern.observability;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    @Bean(destroyMethod = "close")
    PrometheusMeterRegistry meterRegistry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /**
     * Made when metrics are first asked for, with the gauges of the modules: they read what is counted anyway, so none is missed, and the start is not
     * slowed down.
     */
    @Bean(destroyMethod = "close")
    MachineMetrics machineMetrics(PrometheusMeterRegistry registry, ObjectProvider<MeterBinder> modules) {
        modules.orderedStream().forEach(module -> module.bindTo(registry));
        return new MachineMetrics(registry);
    }

    /** The figures of the Java machine and its process. */
    static final class MachineMetrics implements AutoCloseable {
        private final JvmGcMetrics garbage = new JvmGcMetrics();

        MachineMetrics(PrometheusMeterRegistry registry) {
            new JvmMemoryMetrics().bindTo(registry);
            new JvmThreadMetrics().bindTo(registry);
            new ClassLoaderMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            new FileDescriptorMetrics().bindTo(registry);
            new UptimeMetrics().bindTo(registry);
            garbage.bindTo(registry);
        }

        @Override
        public void close() {
            garbage.close();
        }
    }
}
