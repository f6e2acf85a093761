package dev.lectern.answering.writing;

import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.answering.writing.Written.Cited;
import dev.lectern.answering.writing.Written.NotAnswered;
import dev.lectern.answering.writing.Written.Text;
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

/** Answers with sentences of the passages. Each has a number of its own, so that its citation is the sentence and nothing else. */
public final class QuotingWriter implements Writer {
    private final Quoter quoter;

    public QuotingWriter(Quoter quoter) {
        this.quoter = quoter;
    }

    @Override
    public Written write(Task task, Consumer<String> onText) {
        List<QuotablePassage> passages =
                task.passages().stream().map(QuotingWriter::quotable).toList();
        QuoteOutcome outcome =
                task.timed(() -> quoter.quote(task.standalone(), passages, task.weak(), task.deadline()));
        return switch (outcome) {
            case Quotes quotes -> text(quotes.quotes(), task.passages(), onText);
            case NothingFits _ -> new NotAnswered(Quoter.NAME, TokenUsage.NONE);
        };
    }

    @Override
    public boolean judgesEvidence() {
        return true;
    }

    private static Written text(List<Quote> quotes, List<NumberedPassage> passages, Consumer<String> onText) {
        List<Cited> cited = new ArrayList<>();
        for (Quote quote : quotes) {
            NumberedPassage passage = passages.stream()
                    .filter(candidate -> candidate.number() == quote.number())
                    .findFirst()
                    .orElseThrow();
            cited.add(new Cited(cited.size() + 1, passage, new Span(quote.start(), quote.end())));
        }
        String text = cited.stream()
                .map(one -> QuotedText.sentence(
                        one.number(),
                        one.passage()
                                .text()
                                .substring(one.span().start(), one.span().end())))
                .collect(Collectors.joining(" "));
        onText.accept(text);
        return new Text(text, cited, Quoter.NAME, TokenUsage.NONE, true);
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
                numbered.ranked().score());
    }
}
