package dev.lectern.library.originals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.library.OriginalStore;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What only a bucket can do wrong. */
class S3OriginalStoreTest {
    @TempDir
    Path folder;

    private final String prefix = S3TestServer.newPrefix();

    @Test
    void doctor_triesWhatIsNeeded_andLeavesNothing() {
        String prefix = S3TestServer.newPrefix();
        Map<String, String> settings = new HashMap<>(Map.of(
                "lectern.originals.bucket",
                S3TestServer.BUCKET,
                "lectern.originals.prefix",
                prefix,
                "lectern.originals.endpoint",
                S3TestServer.endpoint(),
                "lectern.originals.access-key",
                "key",
                "lectern.originals.secret-key",
                "hunter"));
        assertThat(OriginalsProbe.check(settings)).contains("The bucket " + S3TestServer.BUCKET);
        try (S3Client client = S3TestServer.client()) {
            assertThat(client.listObjectsV2(
                                    list -> list.bucket(S3TestServer.BUCKET).prefix(prefix))
                            .contents())
                    .isEmpty();
        }
        settings.put("lectern.originals.bucket", "none-such");
        assertThatThrownBy(() -> OriginalsProbe.check(settings)).hasMessageContaining("does not exist");
        assertThat(OriginalsProbe.check(Map.of())).isEmpty();
        assertThatThrownBy(() -> OriginalsProbe.check(Map.of("lectern.originals.folder", "/none/such")))
                .hasMessageContaining("does not exist or is not writable");
    }

    @Test
    void copies_areBounded_andFetchedAgain() throws Exception {
        OriginalStore store = open(S3TestServer.properties(prefix), 2_000);
        List<String> hashes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            hashes.add(OriginalStoreContract.put(store, i + "x".repeat(900)).hash());
        }
        assertThat(copies()).isEqualTo(2);
        for (int i = 0; i < 5; i++) {
            assertThat(store.file(hashes.get(i))).hasContent(i + "x".repeat(900));
        }
        assertThat(copies()).isEqualTo(2);
    }

    @Test
    void copies_ofAnEarlierProcess_areNotTrusted() throws Exception {
        String hash = OriginalStoreContract.put(open(S3TestServer.properties(prefix), 2_000), "Cats.")
                .hash();
        OriginalStore later = open(S3TestServer.properties(prefix), 2_000);
        try (S3Client client = S3TestServer.client()) {
            client.deleteObject(gone -> gone.bucket(S3TestServer.BUCKET).key(prefix + hash));
        }
        OriginalStoreContract.put(later, "Dogs.");
        assertThat(later.file(hash)).doesNotExist();
    }

    @Test
    void object_thatWasChanged_isNotTaken() throws Exception {
        String hash = OriginalStoreContract.put(open(S3TestServer.properties(prefix), 2_000), "Cats.")
                .hash();
        try (S3Client client = S3TestServer.client()) {
            client.putObject(
                    put -> put.bucket(S3TestServer.BUCKET).key(prefix + hash), RequestBody.fromString("Other."));
        }
        refused(
                () -> open(S3TestServer.properties(prefix), 0, "second").file(hash),
                ErrorCode.ORIGINALS_UNAVAILABLE,
                "other bytes than were stored");
    }

    @Test
    void objects_ofOthers_areNotShown() throws Exception {
        try (S3Client client = S3TestServer.client()) {
            client.putObject(
                    put -> put.bucket(S3TestServer.BUCKET).key(prefix + "readme.txt"), RequestBody.fromString("Hi."));
        }
        List<String> all = new ArrayList<>();
        open(S3TestServer.properties(prefix), 0).forEach(all::add);
        assertThat(all).isEmpty();
    }

    @Test
    void bucket_thatIsNotThere_isNamed() {
        OriginalStore store = open(S3TestServer.properties(S3TestServer.endpoint(), "none", ""), 0);
        refused(store::check, ErrorCode.ORIGINALS_UNAVAILABLE, "Create the bucket in LECTERN_ORIGINALS_BUCKET");
    }

    @Test
    @Timeout(120)
    void storage_thatIsSilentOrAway_isGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            OriginalStore store =
                    open(S3TestServer.properties("http://127.0.0.1:" + silent.getLocalPort(), "b", ""), 0);
            refused(store::check, ErrorCode.ORIGINALS_UNAVAILABLE, "LECTERN_ORIGINALS_ENDPOINT");
        }
        refused(
                () -> OriginalStoreContract.put(open(S3TestServer.properties("http://127.0.0.1:1", "b", ""), 0), "x"),
                ErrorCode.ORIGINALS_UNAVAILABLE,
                "LECTERN_ORIGINALS_ENDPOINT");
    }

    @Test
    void endpoint_thatIsNone_isRefused() {
        refused(
                () -> open(S3TestServer.properties("s3.example.org", "b", ""), 0),
                ErrorCode.INTERNAL,
                "https://s3.example.org");
    }

    private OriginalStore open(OriginalsProperties properties, long cache) {
        return open(properties, cache, "node");
    }

    private OriginalStore open(OriginalsProperties properties, long cache, String node) {
        return new S3OriginalStore(
                new S3Bucket(properties),
                folder.resolve(node),
                new InMemoryOriginalReservations(),
                cache,
                InstantSource.system());
    }

    private long copies() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static void refused(ThrowingCallable call, ErrorCode code, String text) {
        assertThatThrownBy(call).isInstanceOfSatisfying(LecternException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).contains(text);
            StringWriter all = new StringWriter();
            e.printStackTrace(new PrintWriter(all));
            assertThat(all.toString()).doesNotContain("hunter");
        });
    }
}
