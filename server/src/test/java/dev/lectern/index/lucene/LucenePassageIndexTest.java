package dev.lectern.index.lucene;

import dev.lectern.index.IndexedPassages;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageIndexContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class LucenePassageIndexTest {
    @TempDir
    Path folder;

    private PassageIndex openIndex() {
        return LucenePassageIndex.open(folder, IndexedPassages.FINGERPRINT, Clock.systemUTC());
    }

    @Nested
    class Contract extends PassageIndexContract {
        @Override
        protected PassageIndex open() {
            return openIndex();
        }
    }
}
