package dev.lectern.answering.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.answering.Answer;
import dev.lectern.answering.Answer.Status;
import dev.lectern.answering.FakeLibrary;
import dev.lectern.answering.FakeQuoter;
import dev.lectern.answering.FakeRetriever;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.PastExchange;
import dev.lectern.answering.SamplePassages;
import dev.lectern.answering.support.SupportCheck;
import dev.lectern.answering.turn.TurnEvent.Citations;
import dev.lectern.answering.turn.TurnEvent.Delta;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.answering.writing.AnswerWriter;
import dev.lectern.answering.writing.AnswerWriterFixture;
import dev.lectern.library.SearchFilter;
import dev.lectern.models.QuoteOutcome.NothingFits;
import dev.lectern.retrieval.RetrievalResult.Evidence;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ModelCallContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetrievalAugmentedTurnTest {
    private final FakeRetriever retriever = new FakeRetriever();
    private final FakeQuoter quoter = new FakeQuoter();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<TurnEvent> events = new ArrayList<>();
    private final StopSignal stop = new StopSignal();
    private final FakeLibrary library = new FakeLibrary();
    private SearchFilter filter = SearchFilter.NONE;

    @Test
    void run_enoughEvidence_citesSpansOfTheDocument() {
        Answer answer = run();
        assertThat(answer.status()).isEqualTo(Status.ANSWERED);
        assertThat(answer.text()).isEqualTo("Employees receive 28 days of annual leave each year. [1]");
        assertThat(answer.citations()).singleElement().satisfies(citation -> {
            assertThat(citation.start()).isEqualTo(1200);
            assertThat(citation.end()).isEqualTo(1252);
            assertThat(citation.quote()).isEqualTo("Employees receive 28 days of annual leave each year.");
        });
        assertThat(events).hasExactlyElementsOfTypes(Passages.class, Delta.class, Citations.class);
        assertThat(answer.timings().retrieve()).isNotNull();
        assertThat(answer.timings().firstText()).isNotNull();
        assertThat(meters.find("lectern.turn.stage").tag("stage", "generate").timer())
                .isNotNull();
    }

    @Test
    void run_historyIsThere_itsQuestionsGoToTheSearch() {
        run();
        assertThat(Objects.requireNonNull(retriever.last).earlierQuestions()).containsExactly("Earlier?");
    }

    @Test
    void run_nothingFound_saysWhatWasSearched() {
        retriever.evidence = Evidence.NONE;
        retriever.passages = List.of();
        Answer answer = run();
        assertThat(answer.status()).isEqualTo(Status.ABSTAINED);
        assertThat(answer.reason()).isEqualTo("nothing_found");
        assertThat(answer.text()).isEqualTo("Nothing was found about this in 2 documents in “Documents”.");
        assertThat(answer.searched()).isEqualTo(new Answer.Searched("How many?", 1, 2, 2L, 0L));
    }

    @Test
    void run_nothingFoundWhileDocumentsAreRead_saysHowManyCanBeSearched() {
        library.count(160, 12, 147);
        retriever.evidence = Evidence.NONE;
        retriever.passages = List.of();
        Answer answer = run();
        assertThat(answer.text())
                .isEqualTo("Nothing was found about this in 12 documents in “Documents”."
                        + " 12 of 160 documents can be searched so far. Ask again when the others have been read.");
        assertThat(answer.searched()).isEqualTo(new Answer.Searched("How many?", 1, 160, 12L, 147L));
    }

    @Test
    void run_nothingFoundAndDocumentsUnreadable_saysHowMany() {
        library.count(160, 159, 0);
        retriever.evidence = Evidence.NONE;
        retriever.passages = List.of();
        assertThat(run().text())
                .isEqualTo(
                        "Nothing was found about this in 159 documents in “Documents”. 1 document could not be read.");
    }

    @Test
    void run_answeredWhileDocumentsAreRead_isNotCached() {
        assertThat(finish(AnswerWriterFixture.quoting(quoter)).cacheable()).isTrue();
        library.count(160, 12, 148);
        Finished finished = finish(AnswerWriterFixture.quoting(quoter));
        assertThat(finished.cacheable()).isFalse();
        assertThat(finished.answer().searched()).isEqualTo(new Answer.Searched("How many?", 1, 160, 12L, 148L));
    }

    @Test
    void run_weakEvidenceAndNoQuoteFits_showsTheNearest() {
        retriever.evidence = Evidence.WEAK;
        quoter.outcome = new NothingFits(0.2);
        Answer answer = run();
        assertThat(quoter.weak).isTrue();
        assertThat(answer.reason()).isEqualTo("too_weak");
        assertThat(answer.nearest())
                .extracting(FoundPassage::passage)
                .containsExactly(SamplePassages.HANDBOOK.id(), SamplePassages.AGREEMENT.id());
        assertThat(events).hasExactlyElementsOfTypes(Passages.class);
    }

    @Test
    void run_weakEvidenceButAQuoteFits_isAnswered() {
        retriever.evidence = Evidence.WEAK;
        assertThat(run().status()).isEqualTo(Status.ANSWERED);
    }

    @Test
    void run_weakEvidenceForAModel_asksItNothing() {
        retriever.evidence = Evidence.WEAK;
        AnswerWriter model = (_, _) -> {
            throw new AssertionError("was asked");
        };
        assertThat(run(model).reason()).isEqualTo("too_weak");
    }

    @Test
    void run_nearMiss_isNotAnswered() {
        quoter.outcome = new NothingFits(0.2);
        Answer answer = run();
        assertThat(answer.reason()).isEqualTo("not_answered");
        assertThat(answer.model()).isEqualTo("extractive");
        assertThat(answer.nearest()).hasSize(2);
    }

    @Test
    void run_stoppedBeforeWriting_writesNothing() {
        stop.stop(StopSignal.Cause.STOPPED);
        stop.stop(StopSignal.Cause.INTERRUPTED);
        Answer answer = run();
        assertThat(answer.status()).isEqualTo(Status.FAILED);
        assertThat(answer.reason()).isEqualTo("stopped");
    }

    @Test
    void run_filteredWithoutHits_saysHowManyDocumentsPass() {
        retriever.passages = List.of();
        retriever.evidence = Evidence.NONE;
        library.match(Set.of(SamplePassages.HANDBOOK.document()));
        filter = new SearchFilter(List.of(new SearchFilter.AnyOf("tags", Set.of("x"), Set.of(), Set.of())));
        assertThat(run().text())
                .isEqualTo("Nothing was found about this in the 1 document that passes the filter in “Documents”.");
        assertThat(Objects.requireNonNull(retriever.last).filter()).isEqualTo(filter);
    }

    private Answer run() {
        return run(AnswerWriterFixture.quoting(quoter));
    }

    private Answer run(AnswerWriter answerWriter) {
        return finish(answerWriter).answer();
    }

    private Finished finish(AnswerWriter answerWriter) {
        RetrievalAugmentedTurn turn = new RetrievalAugmentedTurn(
                retriever, answerWriter, new SupportCheck(), _ -> "en", new SearchScopeDescriber(library, library), meters, 10);
        TurnRequest turnRequest = new TurnRequest(
                new MessageId("m"),
                "How many?",
                List.of(new PastExchange("Earlier?", "Yes.")),
                TestAccess.readable(Set.of(CollectionId.DEFAULT)),
                new Deadline(Instant.MAX),
                ModelCallContext.probe(),
                null,
                false,
                filter);
        End end = turn.run(turnRequest, stop, events::add);
        assertThat(end).isInstanceOf(Finished.class);
        return (Finished) end;
    }
}
