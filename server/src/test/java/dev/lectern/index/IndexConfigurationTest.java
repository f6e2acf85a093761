package dev.lectern.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexConfigurationTest {

    @Test
    void noAddress_needsNothingOfQdrantsClient(@TempDir Path folder) throws Exception {
        try (WithoutClient classes = WithoutClient.ofThisClassPath()) {
            Object indexes = classes.passageIndexes("", folder);
            assertThat(indexes.getClass().getMethod("fingerprintIds").invoke(indexes))
                    .isEqualTo(Set.of());
        }
    }

    @Test
    void address_needsQdrantsClient(@TempDir Path folder) throws Exception {
        try (WithoutClient classes = WithoutClient.ofThisClassPath()) {
            assertThatThrownBy(() -> classes.passageIndexes("http://localhost:6334", folder))
                    .isInstanceOf(InvocationTargetException.class)
                    .hasRootCauseInstanceOf(ClassNotFoundException.class);
        }
    }

    /** The classes of the program, as if Qdrant's client were not there: what would load one of it fails. */
    private static final class WithoutClient extends URLClassLoader {
        private static final List<String> CLIENT = List.of("io.qdrant.", "io.grpc.", "com.google.protobuf.");

        private WithoutClient(List<URL> classPath) {
            super(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        }

        static WithoutClient ofThisClassPath() throws MalformedURLException {
            List<URL> urls = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                urls.add(new File(entry).toURI().toURL());
            }
            return new WithoutClient(urls);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (CLIENT.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }

        Object passageIndexes(String url, Path folder) throws ReflectiveOperationException {
            Class<?> secret = loadClass("dev.lectern.shared.Secret");
            Object properties = make(
                    "dev.lectern.index.qdrant.QdrantProperties",
                    url,
                    secret.getField("NONE").get(null));
            Method factory = Arrays.stream(
                            loadClass("dev.lectern.index.IndexConfiguration").getDeclaredMethods())
                    .filter(method -> method.getName().equals("passageIndexes"))
                    .findFirst()
                    .orElseThrow();
            factory.setAccessible(true);
            Object dataFolder = loadClass("dev.lectern.storage.DataFolder")
                    .getMethod("open", Path.class)
                    .invoke(null, folder);
            try (AutoCloseable opened = (AutoCloseable) dataFolder) {
                return factory.invoke(
                        make("dev.lectern.index.IndexConfiguration"),
                        properties,
                        provider(null),
                        make("dev.lectern.index.IndexSearchProperties", 30_000),
                        provider(null),
                        provider(answering("dev.lectern.observability.spi.CircuitBreakerRegistry", null)),
                        provider(null),
                        opened,
                        InstantSource.system());
            } catch (ReflectiveOperationException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private Object provider(@Nullable Object provided) throws ClassNotFoundException {
            return answering("org.springframework.beans.factory.ObjectProvider", provided);
        }

        /** Answers every call alike. */
        private Object answering(String type, @Nullable Object answer) throws ClassNotFoundException {
            return Proxy.newProxyInstance(this, new Class<?>[] {loadClass(type)}, (proxy, method, arguments) -> answer);
        }

        private Object make(String type, @Nullable Object... arguments) throws ReflectiveOperationException {
            Constructor<?> constructor = loadClass(type).getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        }
    }
}
