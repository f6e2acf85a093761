package dev.lectern;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.update.DocumentCommitter;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.library.update.LocationRepository;
import dev.lectern.library.update.StoredContentFinder;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.CollectionAccessPolicy;
import dev.lectern.shared.Caller;
import dev.lectern.shared.Caller.SystemTask;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No method reaches the content of a collection without a permission, and background work has no more than it needs. */
class CollectionAccessRuleTest {
    private static final JavaClasses CLASSES = CollectionDoors.CLASSES;

    /** A new method takes a caller or a proof of permission, or gets an exception with a reason in {@link CollectionDoors}. */
    @Test
    void methodOfADoor_withoutPermission_isAnException() {
        assertThat(CollectionDoors.guarded().stream()
                        .filter(method -> !CollectionDoors.takesPermission(method))
                        .map(CollectionDoors::name))
                .isEmpty();
    }

    @Test
    void rule_methodWithoutPermission_isNoticed() throws Exception {
        Method without = DocumentCommitter.class.getMethod(
                "commit", List.class, dev.lectern.library.PipelineVersion.class, Runnable.class);
        assertThat(CollectionDoors.takesPermission(without)).isFalse();
        assertThat(CollectionDoors.methods(DocumentCommitter.class)).contains(without);
        assertThat(CollectionDoors.types()).contains(DocumentCommitter.class);
    }

    @Test
    void exception_thatIsNoMore_isRemovedFromTheList() {
        Set<String> unused = new TreeSet<>(CollectionDoors.EXCEPTIONS.keySet());
        for (Class<?> type : CollectionDoors.types()) {
            for (Method method : CollectionDoors.methods(type)) {
                if (!CollectionDoors.takesPermission(method)) {
                    unused.remove(CollectionDoors.name(method));
                    unused.remove(type.getSimpleName() + ".*");
                }
            }
        }
        assertThat(unused).isEmpty();
    }

    /** What background work uses without a permission is out of reach of requests. */
    @Test
    void controllers_useNothingOfBackgroundWork() {
        noClasses()
                .that()
                .resideInAPackage("dev.lectern..web..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        DocumentCommitter.class,
                        DocumentStatusRepository.class,
                        LocationRepository.class,
                        StoredContentFinder.class,
                        EmbeddingRepository.class)
                .check(CLASSES);
    }

    @Test
    void access_isMadeBySecurityAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.lectern.security")
                .should()
                .callConstructor(CollectionAccess.class, CollectionAccessPolicy.class)
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.lectern.library.consistency")
                .should()
                .callMethod(CollectionAccess.class, "readable", SystemTask.class, Set.class)
                .check(CLASSES);
    }

    /** Each task of the server is named by the classes that do its work, and by no other. */
    @Test
    void systemTasks_areUsedByTheirWorkAlone() {
        Map<String, Set<String>> users = new TreeMap<>();
        for (JavaClass user : CLASSES) {
            user.getFieldAccessesFromSelf().stream()
                    .filter(access -> access.getTargetOwner().isEquivalentTo(SystemTask.class))
                    .filter(access -> !user.isEquivalentTo(SystemTask.class))
                    .forEach(access -> users.computeIfAbsent(access.getName(), _ -> new TreeSet<>())
                            .add(user.getSimpleName()));
        }
        assertThat(users)
                .containsOnly(
                        Map.entry(
                                "SOURCE_SCAN",
                                Set.of(
                                        "IngestionLifecycle",
                                        "LeakedSecretCheck",
                                        "ScanWorker",
                                        "SourceResponseMonitor",
                                        "SourceScheduler",
                                        "SourceWatcherRegistry")),
                        Map.entry(
                                "MAINTENANCE",
                                Set.of(
                                        "AuditTrimmer",
                                        "ConversationCleaner",
                                        "ConversationRetention",
                                        "IndexCompleteness",
                                        "IndexCopyVerifier",
                                        "IngestionHealthCheck",
                                        "SecretReplacer",
                                        "SourceWatchHealth")),
                        Map.entry("REEMBEDDING", Set.of("Reembedding", "ReembeddingWorker")),
                        Map.entry("REREADING", Set.of("OutdatedDocumentQueue")),
                        Map.entry("EVALUATION", Set.of("CollectionAccess", "EvaluationCollection")));
    }

    /** Only the filter that has checked the proof of identity makes callers of requests; the owner of stored data is looked up beside the keys. */
    @Test
    void callersOfRequests_areMadeBySecurityAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.lectern.security", "dev.lectern.security.keys", "dev.lectern.shared")
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "a caller is made",
                        (JavaAccess<?> call) -> call.getTargetOwner().isEquivalentTo(Caller.Operator.class)
                                || call.getTargetOwner().isEquivalentTo(Caller.Visitor.class)))
                .check(CLASSES);
    }
}
