package dev.lectern.evaluation.web;

import dev.lectern.evaluation.EmbedderComparison;
import dev.lectern.evaluation.EmbedderComparison.Comparison;
import dev.lectern.evaluation.JudgedQuestion;
import dev.lectern.ingestion.Reembedding;
import dev.lectern.ingestion.ReembeddingService;
import dev.lectern.library.LibraryCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Compares the two indexes of a re-embedding with questions whose documents are known. */
@RestController
@RequestMapping(path = "/api/v1/reembeddings", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ADMIN)
class ComparisonController {
    private final ReembeddingService reembeddingService;
    private final EmbedderComparison comparison;
    private final LibraryCollections collections;

    ComparisonController(
            ReembeddingService reembeddingService, EmbedderComparison comparison, LibraryCollections collections) {
        this.reembeddingService = reembeddingService;
        this.comparison = comparison;
        this.collections = collections;
    }

    /**
     * A question with the documents that answer it.
     *
     * @param question required, the question
     * @param documents required, by id, title, location or file name, such as {@code lisbon.txt}
     */
    record QuestionBody(@Nullable String question, @Nullable List<@Nullable String> documents) {}

    /**
     * Questions to compare two embedders with.
     *
     * @param questions required, 1 to 1,000
     */
    record ComparisonRequest(@Nullable List<@Nullable QuestionBody> questions) {}

    /** Compares the two indexes of a re-embedding with questions. Both must exist: from the time when the new one is ready until one of them is dropped. */
    @PostMapping("/{id}/comparison")
    Comparison compareEmbedders(Caller caller, @PathVariable String id, @RequestBody ComparisonRequest request) {
        caller.requireAdministrator(
                "Only operators may compare embedders. Run on the server: lectern collections reembed --questions"
                        + " FILE.");
        Reembedding move = reembeddingService.get(caller, id);
        switch (move.status()) {
            case READY, SWITCHED -> {}
            default ->
                throw new LecternException(
                        ErrorCode.CONFLICT,
                        "The re-embedding has the status "
                                + move.status().name().toLowerCase(Locale.ROOT)
                                + ", and a comparison needs both indexes. Compare after the new index is ready and"
                                + " before one of them is dropped.");
        }
        return comparison.compare(
                move.former().name(), move.target().name(), questions(request), collections.readableBy(caller), caller);
    }

    private static List<JudgedQuestion> questions(ComparisonRequest request) {
        List<JudgedQuestion> questions = new ArrayList<>();
        List<@Nullable QuestionBody> given = request.questions() == null ? List.of() : request.questions();
        for (QuestionBody body : given) {
            List<String> documents = new ArrayList<>();
            if (body != null && body.documents() != null) {
                for (String document : body.documents()) {
                    if (document != null && !document.isBlank()) {
                        documents.add(document);
                    }
                }
            }
            if (body == null || body.question() == null || documents.isEmpty()) {
                throw LecternException.invalid(
                        "questions",
                        "Question " + (questions.size() + 1)
                                + " has no `question` or no `documents` that answer it. Add what is missing.");
            }
            questions.add(new JudgedQuestion(body.question(), documents));
        }
        return questions;
    }
}
