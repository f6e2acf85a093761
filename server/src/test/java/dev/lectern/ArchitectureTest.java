package dev.lectern;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.lectern.observability.spi.TaskThreads;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.BaseStream;
import org.springframework.beans.factory.annotation.Value;

@AnalyzeClasses(packages = "dev.lectern", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> STARTING_METHODS =
            Set.of("start", "startVirtualThread", "ofVirtual", "ofPlatform");

    @ArchTest
    static final ArchRule lucene_staysInItsAdapter = noClasses()
            .that()
            .resideOutsideOfPackages("dev.lectern.index.lucene..", "dev.lectern.text..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.lucene..");

    /** Lucene's lists of stop words, and nothing that searches. */
    @ArchTest
    static final ArchRule text_usesOnlyLucenesAnalysis = noClasses()
            .that()
            .resideInAPackage("dev.lectern.text..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.lucene.index..", "org.apache.lucene.search..", "org.apache.lucene.store..");

    @ArchTest
    static final ArchRule icu_staysInTextAnalysis = staysIn("dev.lectern.text..", "com.ibm.icu..");

    @ArchTest
    static final ArchRule lettuce_staysInItsAdapter = staysIn("dev.lectern.caching.redis..", "io.lettuce..");

    @ArchTest
    static final ArchRule caffeine_staysInItsAdapter =
            staysIn("dev.lectern.caching.caffeine..", "com.github.benmanes.caffeine..");

    @ArchTest
    static final ArchRule bucket4j_staysInCaching = staysIn("dev.lectern.caching..", "io.github.bucket4j..");

    @ArchTest
    static final ArchRule jgit_staysInItsAdapter = staysIn("dev.lectern.ingestion.sources..", "org.eclipse.jgit..");

    @ArchTest
    static final ArchRule qdrant_staysInItsAdapter =
            staysIn("dev.lectern.index.qdrant..", "io.qdrant..", "io.grpc..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule onnx_staysInItsAdapter = staysIn("dev.lectern.models.onnx..", "ai.onnxruntime..", "ai.djl..");

    @ArchTest
    static final ArchRule languageProfiles_stayInTheirAdapter =
            staysIn("dev.lectern.models.language..", "com.optimaize..");

    @ArchTest
    static final ArchRule tika_staysInTheParser =
            staysIn("dev.lectern.ingestion.parsing..", "org.apache.tika..", "org.apache.poi..", "org.apache.pdfbox..");

    @ArchTest
    static final ArchRule langchain4j_staysInItsAdapters = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.lectern.models.gemini..",
                    "dev.lectern.models.openai..",
                    "dev.lectern.models.anthropic..",
                    "dev.lectern.models.langchain4j..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.langchain4j..");

    @ArchTest
    static final ArchRule controllers_areUsedByNobody = noClasses()
            .that()
            .resideOutsideOfPackage("dev.lectern..web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.lectern..web..");

    @ArchTest
    static final ArchRule settings_areRecordsAndNotScatteredValues =
            noClasses().should().dependOnClassesThat().areAssignableTo(Value.class);

    @ArchTest
    static final ArchRule time_isInjected = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(LecternApplication.class.getName())
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    /**
     * Threads are started by {@link TaskThreads}, which carries the context of log lines. Exceptions: the parser process, which has neither requests nor jobs
     * of its own, the pool of the embedding model, which orders its tasks and wraps each of them itself, and the hook that notices the end of the process.
     */
    @ArchTest
    static final ArchRule threads_areStartedInOnePlace = noClasses()
            .that()
            .doNotBelongToAnyOf(TaskThreads.class)
            .and()
            .haveNameNotMatching(
                    "dev\\.lectern\\.(ingestion\\.parsing\\.ParserProcessMain|models\\.onnx\\.EmbeddingThreadPool|shared\\.ShutdownSignal)")
            .should()
            .accessTargetWhere(startsThreads());

    /** Without an executor of its own, a stage of a {@link CompletableFuture} runs in the pool of the JDK, which carries no context. */
    private static DescribedPredicate<JavaAccess<?>> startsThreads() {
        return DescribedPredicate.describe("starts a thread, or makes an executor or a timer", access -> {
            JavaClass owner = access.getTargetOwner();
            String name = access.getTarget().getName();
            if (owner.isEquivalentTo(CompletableFuture.class)) {
                return name.endsWith("Async")
                        && access.getTarget() instanceof CodeUnitAccessTarget called
                        && called.getRawParameterTypes().stream()
                                .noneMatch(type -> type.isEquivalentTo(Executor.class));
            }
            boolean constructs = name.equals(JavaConstructor.CONSTRUCTOR_NAME);
            return (owner.isAssignableTo(Thread.class) && (constructs || STARTING_METHODS.contains(name)))
                    || owner.isEquivalentTo(Executors.class)
                    || (constructs && isExecutorOfTheJdk(owner))
                    || (constructs && owner.isAssignableTo(Timer.class))
                    || (owner.isEquivalentTo(ForkJoinPool.class) && name.equals("commonPool"))
                    || name.equals("parallelStream")
                    || (name.equals("parallel") && owner.isAssignableTo(BaseStream.class));
        });
    }

    private static boolean isExecutorOfTheJdk(JavaClass type) {
        return type.isAssignableTo(ExecutorService.class)
                && type.getPackageName().startsWith("java.")
                && !type.isEquivalentTo(AbstractExecutorService.class);
    }

    private static ArchRule staysIn(String adapter, String... vendors) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(adapter)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(vendors);
    }
}
