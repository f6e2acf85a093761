package dev.lectern.index.qdrant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.index.IndexSearchProperties;
import dev.lectern.index.SearchScope;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExactSearchRuleTest {
    private final ExactSearchRule rule = new ExactSearchRule(new IndexSearchProperties(100));
    private final AtomicInteger counts = new AtomicInteger();

    @Test
    void isExact_upToTheLimit_only() {
        assertThat(rule.isExact(scope("small"), () -> count(100))).isTrue();
        assertThat(rule.isExact(scope("large"), () -> count(101))).isFalse();
    }

    @Test
    void isExact_sameScopeOfAnotherRequest_isNotCountedAgain() {
        rule.isExact(scope("small"), () -> count(100));
        rule.isExact(scope("small"), () -> count(100));
        assertThat(counts).hasValue(1);
    }

    @Test
    void isExact_otherDocumentsOfTheScope_areCountedForThemselves() {
        SearchScope all = scope("large");
        rule.isExact(all, () -> count(101));
        assertThat(rule.isExact(all.within(Set.of(new DocumentId("a"))), () -> count(100)))
                .isTrue();
        assertThat(rule.isExact(all.without(Set.of(new DocumentId("a"))), () -> count(100)))
                .isTrue();
        rule.isExact(all.within(Set.of(new DocumentId("a"))), () -> count(100));
        assertThat(counts).hasValue(3);
    }

    private long count(long passages) {
        counts.incrementAndGet();
        return passages;
    }

    private static SearchScope scope(String collection) {
        return SearchScope.of(TestAccess.readable(Set.of(new CollectionId(collection))));
    }
}
