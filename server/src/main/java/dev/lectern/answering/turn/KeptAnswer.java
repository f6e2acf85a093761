package dev.lectern.answering.turn;

import dev.lectern.answering.Answer;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.Timings;
import dev.lectern.answering.TokenUsage;
import dev.lectern.caching.CacheValueCodec;
import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.retrieval.RankedPassage;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.Money;
import dev.lectern.shared.PassageId;
import dev.lectern.shared.ReadableCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer that was given, for whoever asks the same, with the passages that it was written from.
 *
 * @param answer with the usage that it really had
 * @param passages without their text, which is read again when it is shown
 */
record KeptAnswer(Answer answer, List<Found> passages) {
    private static final TokenUsage NOTHING = new TokenUsage(0, 0, Money.ZERO);

    record Found(PassageId passage, double score) {}

    KeptAnswer {
        passages = List.copyOf(passages);
    }

    static KeptAnswer of(Answer answer, List<FoundPassage> shown) {
        return new KeptAnswer(
                answer,
                shown.stream()
                        .map(found -> new Found(found.passage(), found.score()))
                        .toList());
    }

    /** The answer as it is given again. */
    Answer again(MessageId id, Timings timings) {
        return new Answer(
                id,
                answer.status(),
                answer.reason(),
                answer.text(),
                answer.citations(),
                answer.unsupported(),
                answer.model(),
                true,
                NOTHING,
                timings,
                answer.nearest(),
                answer.searched());
    }

    /** The passages as they are now; empty when one of them is not there any more. */
    Optional<List<FoundPassage>> present(Passages library, ReadableCollections readable) {
        Map<PassageId, Passage> present =
                library.present(passages.stream().map(Found::passage).toList(), readable);
        List<FoundPassage> shown = new ArrayList<>(passages.size());
        for (Found found : passages) {
            Passage passage = present.get(found.passage());
            if (passage == null) {
                return Optional.empty();
            }
            shown.add(FoundPassage.of(new RankedPassage(passage, found.score(), null, null)));
        }
        return Optional.of(shown);
    }

    /** As JSON. */
    static final class AsJson implements CacheValueCodec<KeptAnswer> {
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
        public byte[] write(KeptAnswer value) {
            return JSON.writeValueAsBytes(value);
        }

        @Override
        public KeptAnswer read(byte[] bytes) {
            return JSON.readValue(bytes, KeptAnswer.class);
        }
    }
}
