package dev.lectern.storage;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Writes down every statement that is sent to a database while it is on, with the parameters that it had first. */
public final class StatementRecorder implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final Map<String, List<Parameter>> RECORDED = new ConcurrentHashMap<>();
    private static volatile boolean on;

    /** A call that sets one parameter. */
    record Parameter(Method method, List<@Nullable Object> arguments) {}

    /** Everything that is opened from now on is written down. */
    public static void start() {
        RECORDED.clear();
        on = true;
    }

    public static void stop() {
        on = false;
    }

    /** What a test itself says to the database is not written down. */
    public static void without(Runnable preparation) {
        boolean before = on;
        on = false;
        preparation.run();
        on = before;
    }

    /** The statements, as they were sent. */
    public static List<String> statements() {
        return RECORDED.keySet().stream().sorted().toList();
    }

    /** The plan of a recorded statement with its first parameters. */
    public static List<String> plan(Connection connection, String statement) throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + statement)) {
            for (Parameter parameter : RECORDED.getOrDefault(statement, List.of())) {
                call(parameter.method(), explain, parameter.arguments().toArray());
            }
            List<String> lines = new ArrayList<>();
            try (var rows = explain.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return lines;
        } catch (SQLException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (on) {
            context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof HikariDataSource pool ? wrap(pool) : bean;
                }
            });
        }
    }

    /** The pool itself while nothing is to be written down. */
    static HikariDataSource wrap(HikariDataSource pool) {
        return on ? new RecordingPool(pool) : pool;
    }

    private static final class RecordingPool extends HikariDataSource {
        private final HikariDataSource pool;

        RecordingPool(HikariDataSource pool) {
            this.pool = pool;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return recording(pool.getConnection());
        }

        @Override
        public HikariPoolMXBean getHikariPoolMXBean() {
            return pool.getHikariPoolMXBean();
        }

        @Override
        public int getMaximumPoolSize() {
            return pool.getMaximumPoolSize();
        }

        @Override
        public MetricsTrackerFactory getMetricsTrackerFactory() {
            return pool.getMetricsTrackerFactory();
        }

        @Override
        public void setMetricsTrackerFactory(MetricsTrackerFactory factory) {
            pool.setMetricsTrackerFactory(factory);
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    private static Connection recording(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(method, connection, arguments);
            if (result instanceof PreparedStatement statement && arguments[0] instanceof String sql) {
                return recording(statement, sql);
            }
            return result instanceof Statement statement ? recording(statement) : result;
        });
    }

    private static Statement recording(Statement statement) {
        return proxy(Statement.class, (method, arguments) -> {
            if (method.getName().startsWith("execute") && arguments.length > 0 && arguments[0] instanceof String sql) {
                record(sql, List.of());
            }
            return call(method, statement, arguments);
        });
    }

    private static PreparedStatement recording(PreparedStatement statement, String sql) {
        List<Parameter> parameters = new ArrayList<>();
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("set") && arguments.length > 1) {
                parameters.add(new Parameter(method, Arrays.asList(arguments.clone())));
            } else if (method.getName().startsWith("execute")
                    || method.getName().equals("addBatch")) {
                record(sql, parameters);
            }
            return call(method, statement, arguments);
        });
    }

    private static void record(String sql, List<Parameter> parameters) {
        if (on) {
            RECORDED.putIfAbsent(sql, List.copyOf(parameters));
        }
    }

    private interface Handler {
        @Nullable Object handle(Method method, @Nullable Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> handler.handle(method, arguments == null ? new Object[0] : arguments)));
    }

    private static @Nullable Object call(Method method, Object target, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }
}
