package dev.lectern.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.index.FaultyPassageIndexes.Mistake;
import dev.lectern.index.lucene.LuceneIndexFixtures;
import dev.lectern.shared.EmbedderFingerprint;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows that the kit notices what it is for: each of its tests fails for an adapter that makes one mistake. That they pass for the same adapter without it is what its own
 * test shows. */
class ContractFaultDetectionTest {

    static List<Mistake> mistakes() {
        return FaultyPassageIndexes.all();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void kit_adapterWithAMistake_fails(Mistake mistake, @TempDir Path folder) throws Exception {
        Method test = tests().filter(method -> method.getName().equals(mistake.behaviour()))
                .findFirst()
                .orElseThrow();
        Kit kit = new Kit(new LuceneIndexFixtures(folder), mistake.plant());
        kit.openIndex();
        try {
            assertThatExceptionOfType(InvocationTargetException.class)
                    .isThrownBy(() -> test.invoke(kit, mistake.arguments().toArray()));
        } finally {
            kit.closeIndex();
        }
    }

    @Test
    void kit_everyTest_isShownToNoticeAMistake() {
        List<String> tests = tests().map(Method::getName).toList();
        assertThat(mistakes()).extracting(Mistake::behaviour).containsExactlyInAnyOrderElementsOf(tests);
    }

    private static Stream<Method> tests() {
        return Arrays.stream(PassageIndexContract.class.getDeclaredMethods())
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class));
    }

    private static final class Kit extends PassageIndexContract {
        private final LuceneIndexFixtures folders;
        private final UnaryOperator<PassageIndex> plant;

        Kit(LuceneIndexFixtures folders, UnaryOperator<PassageIndex> plant) {
            this.folders = folders;
            this.plant = plant;
        }

        @Override
        protected int most() {
            return 200;
        }

        @Override
        protected PassageIndex open(EmbedderFingerprint fingerprint) {
            return plant.apply(folders.open(fingerprint));
        }

        @Override
        protected PassageIndex openSearchingExactly(int exactPassages) {
            return plant.apply(folders.open(IndexedPassageFixtures.FINGERPRINT, exactPassages));
        }

        @Override
        protected PassageIndex openAfterKill() throws IOException {
            return folders.openAfterKill(IndexedPassageFixtures.FINGERPRINT);
        }
    }
}
