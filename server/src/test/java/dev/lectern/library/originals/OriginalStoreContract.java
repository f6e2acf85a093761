package dev.lectern.library.originals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.library.OriginalStore;
import dev.lectern.library.OriginalStore.Stored;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What the port promises, a test for each sentence. */
@SuppressWarnings("InputStreamSlowMultibyteRead") // Slow on purpose: something happens at each byte.
interface OriginalStoreContract {
    long MOST = 1_000_000;
    /** Of nothing that is ever stored. */
    String CATS = "c0c7b0ee1a6a7d5f8a6ecbfaef2f5f6f7d76d2f0f5cf4f86e7c2d9a5e5a2b6c1";

    OriginalStore store();

    @Test
    default void store_thenFile_hasTheBytes() throws Exception {
        Stored stored = put(store(), "Cats sleep.");
        assertThat(stored.bytes()).isEqualTo(11);
        assertThat(stored.hash()).matches("[0-9a-f]{64}");
        assertThat(store().file(stored.hash())).hasContent("Cats sleep.");
    }

    @Test
    default void store_nothing_isKeptLikeAnything() throws Exception {
        Stored stored = put(store(), "");
        assertThat(stored.bytes()).isZero();
        assertThat(store().file(stored.hash())).isEmptyFile();
    }

    @Test
    default void store_again_isTheSame_andHeldAsOften() throws Exception {
        String hash = put(store(), "Twice.").hash();
        assertThat(put(store(), "Twice.").hash()).isEqualTo(hash);
        store().release(hash);
        assertThat(store().delete(hash, () -> true)).isFalse();
        assertThat(store().file(hash)).exists();
        store().release(hash);
        assertThat(store().delete(hash, () -> true)).isTrue();
        assertThat(store().file(hash)).doesNotExist();
    }

    @Test
    default void isReserved_untilReleased() throws Exception {
        assertThat(store().isReserved("0".repeat(64))).isFalse();
        String hash = put(store(), "Held.").hash();
        assertThat(store().isReserved(hash)).isTrue();
        store().release(hash);
        assertThat(store().isReserved(hash)).isFalse();
    }

    @Test
    default void store_tooMuch_keepsNothing() {
        assertThatThrownBy(() -> store().store(bytes("Cats sleep."), 10))
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
        assertThat(all()).isEmpty();
    }

    @Test
    default void store_ofWhatCannotBeRead_keepsNothing() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("planted");
            }
        };
        assertThatIOException().isThrownBy(() -> store().store(new SequenceInputStream(bytes("Cats "), broken), MOST));
        assertThat(all()).isEmpty();
    }

    @Test
    default void delete_wantedAgain_leavesIt() throws Exception {
        String hash = put(store(), "Wanted.").hash();
        store().release(hash);
        assertThat(store().delete(hash, () -> false)).isTrue();
        assertThat(store().file(hash)).hasContent("Wanted.");
    }

    @Test
    default void delete_whatIsNotThere_isNoError() {
        assertThat(store().delete(CATS, () -> true)).isTrue();
        assertThat(store().file(CATS)).doesNotExist();
    }

    @Test
    default void forEach_showsEachOnce() throws Exception {
        String one = put(store(), "One.").hash();
        String two = put(store(), "Two.").hash();
        put(store(), "Two.");
        assertThat(all()).containsExactlyInAnyOrder(one, two);
    }

    @Test
    default void sweep_leavesWhatIsBeingWritten() throws Exception {
        InputStream sweeping = new InputStream() {
            private int left = 3;

            @Override
            public int read() {
                store().deleteTemporaryFiles();
                return left-- > 0 ? 'x' : -1;
            }
        };
        assertThat(store().file(store().store(sweeping, MOST).hash())).hasContent("xxx");
    }

    @Test
    default void check_whereItCanBeUsed_isQuiet() {
        store().check();
    }

    @Test
    default void storeAndDelete_atOnce_neverLoseWhatIsHeld() throws Exception {
        storeAndDelete(store(), store());
    }

    static void storeAndDelete(OriginalStore one, OriginalStore two) throws Exception {
        List<Callable<Void>> all = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String text = "Text " + i % 3;
            boolean deletes = i % 2 == 0;
            all.add(() -> {
                String hash = put(one, text).hash();
                assertThat(one.file(hash)).hasContent(text);
                if (deletes) {
                    two.delete(hash, () -> true);
                    assertThat(one.file(hash)).hasContent(text);
                }
                one.release(hash);
                two.delete(hash, () -> true);
                return null;
            });
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> each : executor.invokeAll(all)) {
                each.get();
            }
        }
    }

    default List<String> all() {
        List<String> all = new ArrayList<>();
        store().forEach(all::add);
        return all;
    }

    static Stored put(OriginalStore store, String text) throws IOException {
        return store.store(bytes(text), MOST);
    }

    static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What two nodes may rely on that keep their originals in one place. */
    interface Shared extends OriginalStoreContract {
        OriginalStore other();

        /** The other node dies. */
        void kill();

        @Test
        default void file_atTheOtherNode_hasTheBytes() throws Exception {
            String hash = put(store(), "Cats sleep.").hash();
            assertThat(other().file(hash)).hasContent("Cats sleep.");
            assertThat(other().isShared()).isTrue();
        }

        @Test
        default void delete_whatTheOtherHolds_leavesIt_untilThatReleasesItOrDies() throws Exception {
            String released = put(other(), "Released.").hash();
            String left = put(other(), "Left.").hash();
            assertThat(store().delete(released, () -> true)).isFalse();
            other().release(released);
            assertThat(store().delete(released, () -> true)).isTrue();
            assertThat(store().delete(left, () -> true)).isFalse();
            assertThat(store().file(left)).hasContent("Left.");
            kill();
            assertThat(store().delete(left, () -> true)).isTrue();
            assertThat(all()).isEmpty();
        }

        @Test
        default void sweep_leavesWhatTheOtherIsWriting() throws Exception {
            InputStream sweeping = new InputStream() {
                private int left = 3;

                @Override
                public int read() {
                    store().deleteTemporaryFiles();
                    return left-- > 0 ? 'x' : -1;
                }
            };
            String hash = other().store(sweeping, MOST).hash();
            assertThat(Files.readString(other().file(hash))).isEqualTo("xxx");
        }
    }
}
