package dev.lectern.answering.writing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.answering.FakeQuoter;
import dev.lectern.answering.SamplePassages;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.answering.writing.WriteResult.CitedPassage;
import dev.lectern.answering.writing.WriteResult.NotAnswered;
import dev.lectern.answering.writing.WriteResult.Text;
import dev.lectern.models.QuoteOutcome.NothingFits;
import dev.lectern.models.QuoteOutcome.Quote;
import dev.lectern.models.QuoteOutcome.Quotes;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotingAnswerWriterTest {
    private final FakeQuoter quoter = new FakeQuoter();

    @Test
    void write_twoQuotesOfOnePassage_haveANumberAndASpanEach() {
        quoter.outcome = new Quotes(List.of(new Quote(1, 53, 84), new Quote(1, 0, 52)), 0.9);
        Text text = (Text) write();
        assertThat(text.text())
                .isEqualTo(
                        "Unused days expire on 31 March. [1] Employees receive 28 days of annual leave each year. [2]");
        assertThat(text.cited()).extracting(CitedPassage::number).containsExactly(1, 2);
        assertThat(text.cited().getFirst().span().start()).isEqualTo(53);
    }

    @Test
    void write_nothingFits_isNotAnswered() {
        quoter.outcome = new NothingFits(0.1);
        assertThat(write()).isInstanceOf(NotAnswered.class);
    }

    @Test
    void sentence_ofMarkup_isShownAsItIs() {
        assertThat(QuoteMarkdown.format(1, "# Use *x* and\n snake_case [3] <b> `c` _y_"))
                .isEqualTo("\\# Use \\*x\\* and snake_case \\[3\\] \\<b> \\`c\\` \\_y\\_ [1]");
    }

    private WriteResult write() {
        List<NumberedPassage> passages = List.of(new NumberedPassage(1, SamplePassages.RANKED.getFirst()));
        return new QuotingAnswerWriter(quoter)
                .write(
                        new WriteRequest(
                                "Q?",
                                "Q?",
                                List.of(),
                                passages,
                                false,
                                new Cancellation(),
                                new Deadline(Instant.MAX),
                                ModelCallContext.probe(),
                                _ -> {}),
                        _ -> {});
    }
}
