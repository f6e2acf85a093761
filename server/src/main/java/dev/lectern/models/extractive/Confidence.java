package dev.lectern.models.extractive;

import dev.lectern.models.QuotablePassage;
import dev.lectern.models.text.Details;
import dev.lectern.models.text.Evidence;
import java.util.List;

/** How sure it is that chosen sentences answer a question. */
final class Confidence {
    private final String question;
    private final String language;

    Confidence(String question, String language) {
        this.question = question;
        this.language = language;
    }

    double of(List<Scored> chosen, List<QuotablePassage> passages) {
        StringBuilder text = new StringBuilder();
        for (Scored scored : chosen) {
            QuotablePassage passage = scored.candidate().passage();
            text.append(passage.title()).append('\n').append(passage.text()).append('\n');
        }
        Evidence evidence = Evidence.of(text.toString());
        boolean missing = Details.of(question, language).stream().anyMatch(detail -> !evidence.saysRoughly(detail));
        return missing ? 0.4 : 0.8;
    }
}
