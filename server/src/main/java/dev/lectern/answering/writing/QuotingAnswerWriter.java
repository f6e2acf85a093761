package dev.lectern.answering.writing;

import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.answering.writing.WriteResult.CitedPassage;
import dev.lectern.answering.writing.WriteResult.NotAnswered;
import dev.lectern.answering.writing.WriteResult.Text;
import dev.lectern.library.Passage;
import dev.lectern.models.QuotablePassage;
import dev.lectern.models.QuoteOutcome;
import dev.lectern.models.QuoteOutcome.NothingFits;
import dev.lectern.models.QuoteOutcome.Quote;
import dev.lectern.models.QuoteOutcome.Quotes;
import dev.lectern.models.Quoter;
import dev.lectern.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Answers by quoting sentences of the passages. Each sentence has a number of its own, so that its citation is exactly the sentence. */
final class QuotingAnswerWriter implements AnswerWriter {
    private final Quoter quoter;

    QuotingAnswerWriter(Quoter quoter) {
        this.quoter = quoter;
    }

    @Override
    public WriteResult write(WriteRequest request, Consumer<String> onText) {
        List<QuotablePassage> passages =
                request.passages().stream().map(QuotingAnswerWriter::quotable).toList();
        QuoteOutcome outcome = request.timeModel(() -> quoter.quote(
                request.standalone(), passages, request.weakEvidence(), request.context(), request.deadline()));
        return switch (outcome) {
            case Quotes quotes -> toText(quotes.quotes(), request.passages(), onText);
            case NothingFits _ -> new NotAnswered(Quoter.NAME, TokenUsage.NONE, null);
        };
    }

    @Override
    public boolean judgesEvidence() {
        return true;
    }

    private static WriteResult toText(List<Quote> quotes, List<NumberedPassage> passages, Consumer<String> onText) {
        List<CitedPassage> cited = new ArrayList<>();
        for (Quote quote : quotes) {
            NumberedPassage passage = passages.stream()
                    .filter(candidate -> candidate.number() == quote.number())
                    .findFirst()
                    .orElseThrow();
            cited.add(new CitedPassage(cited.size() + 1, passage, new Span(quote.start(), quote.end())));
        }
        String text = cited.stream()
                .map(one -> QuoteMarkdown.format(
                        one.number(),
                        display(one)))
                .collect(Collectors.joining(" "));
        onText.accept(text);
        return new Text(text, cited, Quoter.NAME, TokenUsage.NONE, null, null);
    }

    private static String display(CitedPassage cited) {
        Passage passage = cited.passage().ranked().passage();
        String shown = passage.displayText(cited.span());
        return shown == null ? cited.span().in(passage.text()) : shown;
    }

    private static QuotablePassage quotable(NumberedPassage numbered) {
        Passage passage = numbered.ranked().passage();
        List<String> title = new ArrayList<>();
        title.add(passage.title());
        title.addAll(passage.headings());
        return new QuotablePassage(
                numbered.number(),
                String.join("\n", title),
                passage.text(),
                passage.language(),
                passage.table(),
                numbered.ranked().score());
    }
}
