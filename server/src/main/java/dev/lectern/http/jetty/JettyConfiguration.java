package dev.lectern.http.jetty;

import dev.lectern.http.HttpProperties;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Sets the limits and the error handler of the HTTP server. */
@Component
class JettyConfiguration implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {
    private final JettyErrorHandler errors;
    private final HttpProperties properties;

    JettyConfiguration(JettyErrorHandler errors, HttpProperties properties) {
        this.errors = errors;
        this.properties = properties;
    }

    @Override
    public void customize(ConfigurableJettyWebServerFactory factory) {
        factory.addServerCustomizers(this::configure);
    }

    private void configure(Server server) {
        server.setErrorHandler(errors);
        server.getDescendants(ServletContextHandler.class)
                .forEach(context -> context.addEventListener(new ErrorHandlerInstaller(context)));
        ConnectionActivity activity = new ConnectionActivity();
        for (Connector connector : server.getConnectors()) {
            if (connector instanceof ServerConnector listening) {
                listening.setAcceptQueueSize(properties.listenBacklog());
                listening.addBean(new SlowConnectionMonitor(listening, properties, activity));
            }
        }
        Handler handled = server.getHandler();
        BodyTimeoutHandler timed = new BodyTimeoutHandler(properties, activity);
        server.setHandler(timed);
        timed.setHandler(handled);
    }

    /** Sets the error handler of the servlets once they have started: the start sets one for HTML pages. */
    private final class ErrorHandlerInstaller implements LifeCycle.Listener {
        private final ServletContextHandler context;

        ErrorHandlerInstaller(ServletContextHandler context) {
            this.context = context;
        }

        @Override
        public void lifeCycleStarted(LifeCycle started) {
            context.setErrorHandler(errors);
        }
    }
}
