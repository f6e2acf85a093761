package dev.lectern.conversations;

import dev.lectern.shared.Caller;
import dev.lectern.shared.MessageId;
import java.util.List;
import java.util.Map;

/**
 * How kept answers may be shown now. What was given is history, but the documents it quotes live on: whoever writes answers implements this and
 * withholds the words of documents that were deleted since.
 */
public interface AnswerRenderer {

    /**
     * An answer as it may be shown now.
     *
     * @param json an object that becomes the answer's JSON
     * @param markdown the same for a person, without a heading
     */
    record View(Object json, String markdown) {}

    /**
     * @param answers messages of the role answer, at most 1,000, none of them generating
     * @return a view of each
     */
    Map<MessageId, View> of(List<Message> answers, Caller caller);
}
