package dev.lectern.http;

import static java.util.Map.entry;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * Names the schemas after the things that they describe: the record {@code DocumentView} is a {@code Document}. Nested records whose names say little alone
 * have names of their own here. It also remembers the class of each schema.
 */
final class SchemaNames implements ModelConverter {
    private static final Map<String, String> OWN = Map.ofEntries(
            entry("retrieval.web.SearchResult$Item", "SearchResultItem"),
            entry("retrieval.web.SearchResult$Searched", "SearchedDocuments"),
            entry("answering.Answer$Searched", "SearchedQuestion"),
            entry("ingestion.web.UploadView$Item", "UploadedFile"),
            entry("ingestion.web.UploadConflictView", "UploadProblem"),
            entry("ingestion.web.JobView$Counts", "JobDocumentCounts"),
            entry("ingestion.web.JobView$Passages", "PassageCounts"),
            entry("ingestion.web.JobView$RunningView", "RunningDocument"),
            entry("ingestion.web.JobView$PauseView", "JobPause"),
            entry("ingestion.web.SourceView$MissingView", "MissingFiles"),
            entry("ingestion.web.SourceView$OverlapView", "SourceOverlap"),
            entry("ingestion.web.SourceView$WatchView", "SourceWatch"),
            entry("ingestion.web.UploadView", "UploadResult"),
            entry("ingestion.web.ReembeddingController$EstimateView", "ReembeddingEstimate"),
            entry("ingestion.web.ReembeddingController$EstimateRequest", "ReembeddingEstimateRequest"),
            entry("ingestion.ReembeddingService$Present", "Embedder"),
            entry("evaluation.EmbedderComparison$Comparison", "EmbedderComparison"),
            entry("evaluation.web.ComparisonController$QuestionBody", "ComparisonQuestion"),
            entry("library.DocumentProgress$View", "DocumentProgress"),
            entry("library.DocumentProgress$View$PassagesView", "DocumentPassageCounts"),
            entry("library.DocumentFields$Value", "FilterFieldValue"),
            entry("library.web.CollectionController$FieldView", "FilterField"),
            entry("library.web.CollectionController$FieldsView", "FilterFields"),
            entry("library.web.CollectionController$NameRequest", "CollectionRequest"),
            entry("library.SearchFilterRequest", "SearchFilter"),
            entry("library.SearchFilterRequest$ConditionRequest", "SearchCondition"),
            entry("answering.view.AnswerJson$UnsupportedJson", "UnsupportedSentence"),
            entry("answering.view.AnswerJson$UsageJson", "TokenUsage"),
            entry("answering.view.AnswerJson$PassageJson", "FoundPassage"),
            entry("answering.web.AskController$HistoryItem", "PastExchange"),
            entry("answering.web.QuestionsController$NewQuestion", "ConversationQuestion"),
            entry("conversations.web.ConversationsController$NewTitle", "ConversationTitle"),
            entry("library.web.ReconcileController$DriftView", "LibraryDrift"),
            entry("library.web.ReconcileController$RepairView", "LibraryRepair"),
            entry("answering.web.TurnEventJson$StartedJson", "StartedEvent"),
            entry("answering.web.TurnEventJson$PassagesJson", "PassagesEvent"),
            entry("answering.web.TurnEventJson$DeltaJson", "DeltaEvent"),
            entry("answering.web.TurnEventJson$CitationsJson", "CitationsEvent"),
            entry("answering.web.TurnEventJson$FinishedJson", "FinishedEvent"),
            entry("answering.web.TurnEventJson$FailedJson", "FailedEvent"),
            entry("shared.LecternException$FieldError", "FieldProblem"));

    private final Map<String, Class<?>> types = new TreeMap<>();

    /** The record of each schema. */
    Map<String, Class<?>> types() {
        return types;
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType annotated, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = raw(annotated.getType());
        if (raw == NumberChange.class) {
            return new IntegerSchema();
        }
        if (raw != null && raw.isRecord() && raw.getName().startsWith("dev.lectern.")) {
            Class<?> item = raw == Page.class ? raw(argument(annotated.getType())) : null;
            String name = item == null ? nameOf(raw) : nameOf(item) + "Page";
            annotated.name(name);
            Class<?> before = types.put(name, raw);
            if (before != null && before != raw && !alike(before, raw)) {
                throw new IllegalStateException(before + " and " + raw + " are both named " + name);
            }
        }
        return chain.hasNext() ? chain.next().resolve(annotated, context, chain) : null;
    }

    private static boolean alike(Class<?> one, Class<?> other) {
        return one.getSimpleName().equals("TagsRequest")
                && other.getSimpleName().equals("TagsRequest");
    }

    private static String nameOf(Class<?> type) {
        String own = OWN.get(type.getName().substring("dev.lectern.".length()));
        return own == null ? type.getSimpleName().replaceAll("(View|Json)$", "") : own;
    }

    private static @Nullable Class<?> raw(@Nullable Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case JavaType jackson -> jackson.getRawClass();
            case com.fasterxml.jackson.databind.JavaType jackson -> jackson.getRawClass();
            case ParameterizedType generic -> raw(generic.getRawType());
            case null, default -> null;
        };
    }

    private static @Nullable Type argument(Type type) {
        return switch (type) {
            case JavaType jackson -> jackson.containedType(0);
            case com.fasterxml.jackson.databind.JavaType jackson -> jackson.containedType(0);
            case ParameterizedType generic -> generic.getActualTypeArguments()[0];
            default -> null;
        };
    }
}
