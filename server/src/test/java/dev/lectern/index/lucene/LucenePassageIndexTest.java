package dev.lectern.index.lucene;

import dev.lectern.index.IndexedPassageFixtures;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageIndexContract;
import dev.lectern.shared.EmbedderFingerprint;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class LucenePassageIndexTest {
    @TempDir
    Path folder;

    private LuceneIndexFixtures folders() {
        return new LuceneIndexFixtures(folder);
    }

    @Nested
    class Contract extends PassageIndexContract {
        @Override
        protected PassageIndex open(EmbedderFingerprint fingerprint) {
            return folders().open(fingerprint);
        }

        @Override
        protected PassageIndex openSearchingExactly(int exactPassages) {
            return folders().open(IndexedPassageFixtures.FINGERPRINT, exactPassages);
        }

        @Override
        protected PassageIndex openAfterKill() throws IOException {
            return folders().openAfterKill(IndexedPassageFixtures.FINGERPRINT);
        }
    }
}
