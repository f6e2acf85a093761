package dev.lectern.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.lectern.http.tls.TestCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryLocatorTest {
    private static final URI ADDRESS = URI.create("http://localhost:1");

    @TempDir
    private Path root;

    private Path here;
    private Path other;
    private LastDataFolder last;
    private String unusedPort = "";

    @BeforeEach
    void makeFolders() throws Exception {
        here = Files.createDirectories(root.resolve("here"));
        other = Files.createDirectories(root.resolve("other"));
        last = LastDataFolder.in(root.resolve("state"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unusedPort = Integer.toString(free.getLocalPort());
        }
    }

    @Test
    void find_nothingAnywhere_isMissingAndSaysWhereItLooked() throws Exception {
        LibraryLocator locator = locator(Map.of());
        LibraryLocation location = locator.find(null);
        assertThat(location).isEqualTo(new LibraryLocation.Missing(here.resolve("lectern-data")));
        assertThat(locator.describeMissing((LibraryLocation.Missing) location, null))
                .contains(here.resolve("lectern-data").toString(), "127.0.0.1:" + unusedPort, "--data", "LECTERN_URL");
        assertThat(here).isEmptyDirectory();
    }

    @Test
    void find_folderOfTheWorkingFolder_isBeforeTheLastOne() throws Exception {
        library(other);
        last.write(other);
        assertThat(locator(Map.of()).find(null)).isEqualTo(new LibraryLocation.Folder(other));
        assertThatThrownBy(() -> locator(Map.of()).findToServe(null))
                .hasMessageContainingAll(
                        other.toString(), here.resolve("lectern-data").toString(), "--data");
        assertThat(locator(Map.of()).findToServe(other)).isEqualTo(new LibraryLocation.Folder(other));
        Path near = library(Files.createDirectories(here.resolve("lectern-data")));
        assertThat(locator(Map.of()).find(null)).isEqualTo(new LibraryLocation.Folder(near));
        assertThat(locator(Map.of()).findToServe(null)).isEqualTo(new LibraryLocation.Folder(near));
    }

    @Test
    void find_runningServerOfTheLastFolder_isUsedFromAnywhere() throws Exception {
        last.write(library(other));
        ServerAddressFile.write(other, ADDRESS);
        LibraryLocation location = locator(Map.of()).find(null);
        assertThat(location).isEqualTo(new LibraryLocation.Server(ADDRESS, other));
        assertThat(location.toString()).isEqualTo("the server at http://localhost:1, data folder " + other);
        assertThat(locator(Map.of("LECTERN_URL", "http://127.0.0.1:1")).find(null))
                .isEqualTo(new LibraryLocation.Server(URI.create("http://127.0.0.1:1"), other));
        assertThat(locator(Map.of("LECTERN_URL", "https://docs.example.org")).find(null))
                .isEqualTo(new LibraryLocation.Server(URI.create("https://docs.example.org"), null));
    }

    @Test
    void find_folderThatIsNamed_isTheOnlyOne() throws Exception {
        last.write(library(other));
        library(Files.createDirectories(here.resolve("lectern-data")));
        Path named = root.resolve("named");
        assertThat(locator(Map.of()).find(named)).isEqualTo(new LibraryLocation.Missing(named));
        assertThat(locator(Map.of("LECTERN_DATA", named.toString())).find(null))
                .isEqualTo(new LibraryLocation.Missing(named));
        assertThat(locator(Map.of("LECTERN_DATA", "../other")).find(null)).isEqualTo(new LibraryLocation.Folder(other));
        assertThat(named).doesNotExist();
    }

    @Test
    void find_libraryInPostgres_needsNoFile() throws Exception {
        for (Map<String, String> environment : List.of(
                Map.of("LECTERN_DATABASE_URL", "postgresql://host/x"),
                Map.of("LECTERN_DATABASE_URL_FILE", "/run/secrets/database"))) {
            assertThat(locator(environment).find(null))
                    .isEqualTo(new LibraryLocation.Folder(here.resolve("lectern-data")));
        }
    }

    @Test
    void find_serverAtTheUsualAddress_isUsedIfItIsLectern() throws Exception {
        assertThat(findBeside("{\"state\":\"UP\",\"parts\":[]}")).isInstanceOf(LibraryLocation.Server.class);
        assertThat(findBeside("<html>another program</html>")).isInstanceOf(LibraryLocation.Missing.class);
    }

    @Test
    void find_serverAtTheUsualAddressByHttps_isUsedIfItsCertificateIsTrusted() throws Exception {
        TestCertificate certificate = TestCertificate.ec();
        Path trusted = Files.writeString(root.resolve("trusted.pem"), certificate.certificatePem());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", certificate.key(), new char[0], new Certificate[] {certificate.certificate()});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        answer(server, "{\"state\":\"UP\",\"parts\":[]}");
        try {
            String port = Integer.toString(server.getAddress().getPort());
            assertThat(locator(Map.of("LECTERN_PORT", port, "LECTERN_URL_CERTIFICATES", trusted.toString()))
                            .find(null))
                    .isEqualTo(new LibraryLocation.Server(URI.create("https://127.0.0.1:" + port), null));

            LibraryLocator stranger = locator(Map.of("LECTERN_PORT", port));
            assertThat(stranger.find(null)).isInstanceOf(LibraryLocation.Missing.class);
            assertThat(stranger.describeMissing((LibraryLocation.Missing) stranger.find(null), null))
                    .contains(
                            "https://127.0.0.1:" + port, "--data", "LECTERN_URL=https://", "LECTERN_URL_CERTIFICATES");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void last_folderThatWasDeleted_orNoHome_isNone() throws Exception {
        last.write(other);
        assertThat(last.read()).hasValue(other);
        Files.delete(other);
        assertThat(last.read()).isEmpty();
        LastDataFolder homeless = LastDataFolder.of(Map.of(), "?");
        homeless.write(here);
        assertThat(homeless.read()).isEmpty();
        LastDataFolder.of(Map.of("XDG_STATE_HOME", root.resolve("xdg").toString()), "?")
                .write(here);
        assertThat(root.resolve("xdg").resolve("lectern").resolve("data-folder"))
                .hasContent(here + "\n");
        LastDataFolder.of(Map.of(), root.toString()).write(here);
        assertThat(root.resolve(".local/state/lectern/data-folder")).exists();
    }

    private LibraryLocation findBeside(String body) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(server, body);
        try {
            String port = Integer.toString(server.getAddress().getPort());
            return locator(Map.of("LECTERN_PORT", port)).find(null);
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpServer server, String body) {
        server.createContext("/health/ready", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    private LibraryLocator locator(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of("LECTERN_PORT", unusedPort));
        all.putAll(environment);
        return new LibraryLocator(all, here, last);
    }

    private static Path library(Path folder) throws Exception {
        Files.write(folder.resolve("lectern.db"), List.of());
        return folder;
    }
}
