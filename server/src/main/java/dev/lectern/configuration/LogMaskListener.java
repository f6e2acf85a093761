package dev.lectern.configuration;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Objects;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Masks secrets in the log, once Spring Boot has configured it. */
class LogMaskListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    /** Hands the mask over from the check of the settings. */
    static void register(SecretMask mask, ConfigurableBootstrapContext bootstrap) {
        bootstrap.register(SecretMask.class, InstanceSupplier.of(mask));
    }

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        apply(Objects.requireNonNullElse(
                event.getBootstrapContext().getOrElse(SecretMask.class, null), SecretMask.WITHOUT_VALUES));
    }

    /** Masks every appender that writes lines. */
    static void apply(SecretMask mask) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.iteratorForAppenders().forEachRemaining(appender -> {
                if (appender instanceof OutputStreamAppender<ILoggingEvent> lines && lines.getEncoder() != null) {
                    MaskingEncoder masking = MaskingEncoder.around(lines.getEncoder(), mask);
                    masking.setContext(root.getLoggerContext());
                    masking.start();
                    lines.setEncoder(masking);
                }
            });
        }
    }
}
