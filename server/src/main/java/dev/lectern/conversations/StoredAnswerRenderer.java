package dev.lectern.conversations;

import dev.lectern.shared.Caller;
import dev.lectern.shared.MessageId;
import java.util.List;
import java.util.Map;

/**
 * Renders stored answers as they may be shown now. A stored answer never changes, but the documents that it quotes do: the module that generates
 * answers implements this interface and withholds the quotes of documents that were deleted in the meantime.
 */
public interface StoredAnswerRenderer {

    /**
     * An answer in the form in which it may be shown now.
     *
     * @param json an object that becomes the answer's JSON
     * @param markdown the same as Markdown, without a heading
     */
    record RenderedAnswer(Object json, String markdown) {}

    /**
     * Renders answers for one reader.
     *
     * @param answers messages of the role answer, at most 1,000, none of them generating
     * @return a rendered answer for each message
     */
    Map<MessageId, RenderedAnswer> render(List<Message> answers, Caller caller);
}
