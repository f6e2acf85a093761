package dev.lectern.observability;

import dev.lectern.answering.turn.StopSignal;
import dev.lectern.answering.turn.Turn;
import dev.lectern.answering.turn.TurnEvent;
import dev.lectern.answering.turn.TurnRequest;
import jakarta.servlet.Filter;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;

/**
 * Marks the threads that work for a request or a turn, in every server that a test starts and without the means of the program itself: the marks are passed
 * on to each thread that a marked thread starts, however it is started.
 */
public final class LogContextMarkers implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final InheritableThreadLocal<@Nullable RequestMark> REQUEST = new InheritableThreadLocal<>();
    private static final InheritableThreadLocal<@Nullable String> TURN = new InheritableThreadLocal<>();

    /** A request; its id is that of its first line. */
    static final class RequestMark {
        final Thread thread = Thread.currentThread();
        private @Nullable String id;

        /** Whether all lines of the request have the same id. */
        synchronized boolean accept(@Nullable String logged) {
            if (id == null) {
                id = logged;
            }
            return id != null && id.equals(logged);
        }
    }

    static @Nullable RequestMark request() {
        return REQUEST.get();
    }

    /** The id of the answer of the turn that the thread works for. */
    static @Nullable String turn() {
        return TURN.get();
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        LogContextCheck.attach();
        if (context instanceof GenericApplicationContext beans) {
            beans.registerBean("requestMarkFilter", FilterRegistrationBean.class, LogContextMarkers::requestMarkFilter);
        }
        context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Turn turn && name.equals("turn") ? new MarkedTurn(turn) : bean;
            }
        });
    }

    private static FilterRegistrationBean<Filter> requestMarkFilter() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
            REQUEST.set(new RequestMark());
            try {
                chain.doFilter(request, response);
            } finally {
                REQUEST.remove();
            }
        });
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    private record MarkedTurn(Turn turn) implements Turn {
        @Override
        public TurnEvent.End run(TurnRequest request, StopSignal stop, Consumer<TurnEvent> events) {
            TURN.set(request.answer().value());
            try {
                return turn.run(request, stop, events);
            } finally {
                TURN.remove();
            }
        }

        @Override
        public Optional<TurnEvent.End> findCached(TurnRequest request) {
            return turn.findCached(request);
        }

        @Override
        public String toString() {
            return turn.toString();
        }
    }
}
