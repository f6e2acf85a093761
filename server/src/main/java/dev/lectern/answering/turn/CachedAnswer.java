package dev.lectern.answering.turn;

import dev.lectern.answering.Answer;
import dev.lectern.answering.AnswerTimings;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.TokenUsage;
import dev.lectern.caching.CacheValueCodec;
import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.retrieval.RankedPassage;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.Money;
import dev.lectern.shared.PassageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cached answer with references to the passages that it was written from.
 *
 * @param answer with the token usage of its generation
 * @param passages without their text, which is read from the library when the answer is used
 */
record CachedAnswer(Answer answer, List<PassageReference> passages) {
    record PassageReference(PassageId passage, double score) {}

    CachedAnswer {
        passages = List.copyOf(passages);
    }

    static CachedAnswer of(Answer answer, List<FoundPassage> shown) {
        return new CachedAnswer(
                answer,
                shown.stream()
                        .map(found -> new PassageReference(found.passage(), found.score()))
                        .toList());
    }

    /** The answer for another question: cached, without token usage. */
    Answer withIdentity(MessageId id, AnswerTimings answerTimings) {
        return new Answer(
                id,
                answer.status(),
                answer.reason(),
                answer.text(),
                answer.citations(),
                answer.unsupported(),
                answer.model(),
                true,
                new TokenUsage(0, 0, 0, answer.usage().answeringModel(), Money.ZERO),
                answerTimings,
                answer.nearest(),
                answer.searched(),
                answer.fallback(),
                answer.truncated());
    }

    /** Loads the passages in their present version; empty when one of them no longer exists. */
    Optional<List<FoundPassage>> loadPassages(Passages library, ReadableCollections readable) {
        Map<PassageId, Passage> present =
                library.present(passages.stream().map(PassageReference::passage).toList(), readable);
        List<FoundPassage> shown = new ArrayList<>(passages.size());
        for (PassageReference found : passages) {
            Passage passage = present.get(found.passage());
            if (passage == null) {
                return Optional.empty();
            }
            shown.add(FoundPassage.of(new RankedPassage(passage, found.score(), null, null)));
        }
        return Optional.of(shown);
    }

    /** Converts cached answers to JSON and back. */
    static final class JsonCodec implements CacheValueCodec<CachedAnswer> {
        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Override
        public String version() {
            return "1";
        }

        @Override
        public boolean isShareable() {
            return true;
        }

        @Override
        public byte[] write(CachedAnswer value) {
            return JSON.writeValueAsBytes(value);
        }

        @Override
        public CachedAnswer read(byte[] bytes) {
            return JSON.readValue(bytes, CachedAnswer.class);
        }
    }
}
