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

/** The meter registry and the metrics of the JVM. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    @Bean(destroyMethod = "close")
    PrometheusMeterRegistry meterRegistry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /**
     * Created by the first request for metrics, together with the gauges of the modules, so that it does not slow down the start. Gauges read existing
     * counters, so no value is lost.
     */
    @Bean(destroyMethod = "close")
    JvmMetrics jvmMetrics(PrometheusMeterRegistry registry, ObjectProvider<MeterBinder> modules) {
        modules.orderedStream().forEach(module -> module.bindTo(registry));
        return new JvmMetrics(registry);
    }

    /** The metrics of the JVM and its process. */
    static final class JvmMetrics implements AutoCloseable {
        private final JvmGcMetrics garbage = new JvmGcMetrics();

        JvmMetrics(PrometheusMeterRegistry registry) {
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
