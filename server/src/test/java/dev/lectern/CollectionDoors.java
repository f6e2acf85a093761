package dev.lectern;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lectern.answering.streams.QuestionService;
import dev.lectern.answering.streams.RemoteStreams;
import dev.lectern.answering.view.AnswerPersistence;
import dev.lectern.answering.view.AnswerPresenter;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.security.ReadableCollections;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Caller;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The public methods of the modules that have to do with the content of collections: those of root packages and named interfaces, and of the services that
 * controllers call. Each takes a permission, or is an exception with a reason.
 */
final class CollectionDoors {
    private static final List<String> PACKAGES = List.of(
            "dev.lectern.library",
            "dev.lectern.library.update",
            "dev.lectern.library.embedders",
            "dev.lectern.library.consistency",
            "dev.lectern.ingestion",
            "dev.lectern.conversations",
            "dev.lectern.retrieval",
            "dev.lectern.answering");

    private static final Set<Class<?>> SERVICES = Set.of(
            SourceService.class,
            QuestionService.class,
            RemoteStreams.class,
            AnswerPresenter.class,
            AnswerPersistence.class);

    /** Class and method, or class and {@code *}, with the reason why there is no permission. Keep it short. */
    static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            entry("Documents.counts", "counts the documents of each status, for health and metrics"),
            entry("LibraryCollections.notFound", "makes an error"),
            entry("LibraryIdRepository.*", "the id of the library is no content"),
            entry("EmbedderIndexRegistry.*", "opens whole indexes for background work; a search in one takes a scope"),
            entry("SearchableIndexes.search", "opens an index if it is complete; the search in it takes a scope"),
            entry("Condition.field", "names the field of a condition, which the request brought along"),
            entry("DocumentTags.normalize", "checks the lengths of its argument"),
            entry("DocumentLanguage.*", "a rule about its arguments"),
            entry("OriginalStore.*", "bytes by their hash, which only a document or its upload gives"),
            entry("DocumentCommitter.commit", "completes what DocumentRegistrar registered with a permission"),
            entry(
                    "DocumentStatusRepository.*",
                    "states of documents whose tasks belong to a job that had a permission"),
            entry("LocationRepository.*", "what a scan compares its source with"),
            entry("DocumentProgressLookup.find", "asked for documents that their reader may see"),
            entry("StoredContentFinder.*", "asks at the start whether Lectern's own secrets became documents"),
            entry("OriginalOutbox.*", "carries out deletions that were registered with a permission"),
            entry("OutboxProcessor.*", "carries out deletions that were registered with a permission"),
            entry("EmbedderRepository.*", "names and fingerprints of embedders are no content"),
            entry("EmbeddingRepository.*", "vectors and texts by their hash, for pipeline and re-embedding"),
            entry("EmbedderSwitch.*", "moves the whole library; ReembeddingService lets operators start it"),
            entry("IndexCopier.*", "copies the whole library to another index while the server is stopped"),
            entry("Progress.added", "receives the numbers of a copy of the index"),
            entry("LibraryMaintenance.*", "recovery and cleaning of the whole library"),
            entry("JobService.awaitIdle", "waits until there are no jobs, and returns none"),
            entry("SourceService.wakeScans", "wakes the thread that carries out queued scans"),
            entry("TurnService.saveProgress", "stores the text of a turn that its owner began"),
            entry("TurnService.finish", "stores the answer of a turn that its owner began"),
            entry("TurnService.exists", "tells whether an id is one of a message"),
            entry("TurnService.completeOutcomes", "fills columns of stored answers and counts them"),
            entry("TurnService.interruptOrphanedAnswers", "marks the answers of dead nodes as interrupted"),
            entry("TurnService.findGenerating", "tells which of given ids are generating"),
            entry("Expiry.of", "tells the time of a conversation that its owner has"),
            entry("RetrieverFactory.searchingWith", "makes a retriever, whose requests take a permission"),
            entry("QuestionValidator.validate", "checks the length of a text"),
            entry("QuestionService.abandon", "stops a turn without a conversation, whose id only its reader has"),
            entry("AnswerPersistence.save", "stores the answer of a turn that its owner began"),
            entry("AnswerPersistence.completeOutcomes", "fills columns of stored answers and counts them"),
            entry("AnswerPersistence.write", "makes JSON of its argument"),
            entry("AnswerPersistence.writePassages", "makes JSON of its argument"),
            entry("AnswerPresenter.toJsonUnchanged", "makes JSON of an answer to the present request"));

    /** All classes of the product. Reading them takes seconds, so it is done once. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.lectern");

    private CollectionDoors() {}

    /** The public classes and interfaces. */
    static List<Class<?>> types() {
        Stream<Class<?>> doors = CLASSES.stream()
                .filter(type -> PACKAGES.contains(type.getPackageName()))
                .map(JavaClass::reflect);
        return Stream.concat(doors, SERVICES.stream())
                .filter(type -> Modifier.isPublic(type.getModifiers()))
                .filter(type -> !type.isRecord() && !type.isEnum() && !type.isAnnotation())
                .filter(type -> !Throwable.class.isAssignableFrom(type))
                .toList();
    }

    /** The public methods of a type, without those that it inherits. */
    static List<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> !method.isSynthetic() && !method.isBridge())
                .filter(method -> !(method.getName().equals("toString") && method.getParameterCount() == 0))
                .toList();
    }

    /** The methods of all types that are no exceptions. */
    static List<Method> guarded() {
        return types().stream()
                .flatMap(type -> methods(type).stream())
                .filter(method -> !isException(method))
                .toList();
    }

    static boolean isException(Method method) {
        return EXCEPTIONS.containsKey(name(method))
                || EXCEPTIONS.containsKey(method.getDeclaringClass().getSimpleName() + ".*");
    }

    static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    /** Whether the method takes a caller, or a proof of permission, which may be part of a request. */
    static boolean takesPermission(Method method) {
        return Arrays.stream(method.getParameterTypes()).anyMatch(CollectionDoors::isPermission);
    }

    private static boolean isPermission(Class<?> type) {
        return Caller.class.isAssignableFrom(type)
                || type == ReadableCollections.class
                || type == WritableCollection.class
                || (type.isRecord()
                        && Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .anyMatch(CollectionDoors::isPermission));
    }
}
