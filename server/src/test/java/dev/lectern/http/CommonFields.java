package dev.lectern.http;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Descriptions and examples of fields and parameters that mean the same everywhere, by name. What a type says itself comes first. */
final class CommonFields {
    /** What {@code IdGenerator} accepts. */
    static final String ID = "^[A-Za-z0-9._:-]{1,128}$";

    private static final String HASH = "6fe1a3d0c95b27e84f1d6a0b3c8e9257d41f60b8ae37c2915d08f4b6e1a7c390";

    /**
     * A field or parameter.
     *
     * @param text its description; null if every use has one of its own
     * @param example a string, number or boolean
     * @param id whether it is an id
     */
    record Common(@Nullable String text, Object example, boolean id) {}

    private static final Map<String, Common> ALL = Map.ofEntries(
            id("id", "Opaque id.", "01m8bzanag43kdz9zvmxr3bafz"),
            id("collectionId", "Id of the collection.", "default"),
            id("documentId", "Id of the document.", "01m8bzd91hspndagz139yjt2d0"),
            id("conversationId", "Id of the conversation.", "01m8bzap2vq6tq3hm0cgqk5e7d"),
            id("questionId", "Id of the message with the question.", "01m8bzape5d0h6j1w8z3s4m7xn"),
            id("messageId", "Id of the message.", "01m8bzape6y5szwct4dygytxkb"),
            id("passageId", "Id of the passage.", "01m8bzd92kf3v9r0p5t7w1x8cz"),
            id("sourceId", "Id of the source.", "01m8bze5q8c2r7n4k9v3x6d1gt"),
            id("requestId", "Id of the request, as in the server's log.", "01m8bzddpt114g9en0qm9h7wjk"),
            id("replaces", null, "01m8bzape5d0h6j1w8z3s4m7xn"),
            entry("name", new Common("Name of it.", "Handbook", false)),
            entry("title", new Common("Title of it.", "Office guide", false)),
            entry("uri", new Common("Path within the source.", "upload:lisbon.txt", false)),
            entry("path", new Common("Path of it.", "/srv/handbook", false)),
            entry("headings", new Common("Headings above it, the outermost first.", "Offices", false)),
            entry("text", new Common("The text.", "The office in Lisbon opens at nine.", false)),
            entry("displayText", new Common(null, "Office: Lisbon | Opens: 9:00", false)),
            entry(
                    "quote",
                    new Common("The quoted text of the document.", "The office in Lisbon opens at nine.", false)),
            entry("displayQuote", new Common(null, "Office: Lisbon | Opens: 9:00", false)),
            entry("plainText", new Common(null, "The office in Lisbon opens at nine. [1]", false)),
            entry("start", new Common("Where it begins, in UTF-16 code units.", 0, false)),
            entry("end", new Common("Where it ends, in UTF-16 code units; exclusive.", 35, false)),
            entry("page", new Common("Page, from 1; absent in formats without pages.", 1, false)),
            entry("score", new Common("Relevance, 0 to 1; comparable within one result.", 0.98, false)),
            entry(
                    "version",
                    new Common("Number that rises with every change of the content, 0 before it was read.", 1, false)),
            entry("generation", new Common("Number that rises with every change that readers can see.", 7, false)),
            entry("createdAt", new Common("When it was created.", "2026-11-26T13:06:09.586Z", false)),
            entry("updatedAt", new Common("When it was changed last.", "2026-11-26T13:06:12.401Z", false)),
            entry("finishedAt", new Common("When it ended; absent before.", "2026-11-26T13:06:12.401Z", false)),
            entry("items", new Common("The items, in the order of the list.", "", false)),
            entry("next", new Common("Cursor of the next page; absent on the last one.", "ZG9jdW1lbnRzOjUw", false)),
            entry(
                    "cursor",
                    new Common(
                            "The `next` of the page before; left out for the first page.", "ZG9jdW1lbnRzOjUw", false)),
            entry("limit", new Common("Maximum number of items, 1 to 200.", 50, false)),
            entry("status", new Common("Status of it.", "done", false)),
            entry("code", new Common("Stable code of the reason; absent without one.", "unsupported_format", false)),
            entry(
                    "reason",
                    new Common(
                            "What is wrong and what to do, as a sentence; absent without a reason.",
                            "The file is empty.",
                            false)),
            entry(
                    "mediaType",
                    new Common("Media type of the original; absent before it was read.", "application/pdf", false)),
            entry("size", new Common("Size of the original in bytes.", 48213, false)),
            entry("passages", new Common("Number of passages, or their progress.", 12, false)),
            entry("question", new Common("The question.", "When does the office open?", false)),
            entry("answer", new Common("The answer.", "In Lisbon.", false)),
            entry("content", new Common("The question.", "When does the office open?", false)),
            entry("query", new Common("What to look for.", "opening hours", false)),
            entry(
                    "comment",
                    new Common("Comment on the rating, 1 to 2,000 characters; absent without one.", "Right", false)),
            entry("embedder", new Common(null, "gemini:gemini-embedding-001", false)),
            entry("model", new Common("Name of the model that wrote it; absent if none did.", "extractive", false)),
            entry("kind", new Common("Kind of it.", "folder", false)),
            entry("role", new Common("Who wrote it.", "answer", false)),
            entry("rating", new Common("`up` or `down`.", "up", false)),
            entry("tags", new Common(null, "policy", false)),
            entry("number", new Common("Number of the citation, as in the text.", 1, false)),
            entry("rate", new Common("Passages embedded a second, over the last seconds.", 41.5, false)),
            entry(
                    "remainingSeconds",
                    new Common("Estimated seconds; absent while there is nothing to estimate from.", 12, false)),
            entry("done", new Common("Number that is done.", 2, false)),
            entry("failed", new Common("Number that failed.", 0, false)),
            entry("total", new Common("Number in all.", 2, false)),
            entry("count", new Common("Number of them.", 2, false)),
            entry("documents", new Common("Number of documents.", 160, false)),
            entry("collections", new Common("Ids of collections.", "default", false)),
            entry("inputTokens", new Common("Tokens of the prompt.", 1840, false)),
            entry("outputTokens", new Common("Tokens of the answer.", 96, false)),
            entry("sequence", new Common("Number of the entry.", 812, false)),
            entry("hash", new Common("SHA-256, 64 hexadecimal digits.", HASH, false)),
            entry("previousHash", new Common(null, HASH, false)),
            entry("anchorHash", new Common(null, HASH, false)),
            entry("headHash", new Common(null, HASH, false)),
            entry("first", new Common(null, 1, false)),
            entry("last", new Common(null, 812, false)),
            entry("damaged", new Common(null, 17, false)),
            entry("entries", new Common(null, 812, false)),
            entry("field", new Common("Name of the field.", "question", false)),
            entry(
                    "detail",
                    new Common(
                            "What is wrong and what to do, for people.",
                            "The question is empty. Write a question.",
                            false)),
            entry(
                    "message",
                    new Common(
                            "What is wrong with the value, and what to do.",
                            "The question is empty. Write a question.",
                            false)),
            entry(
                    "type",
                    new Common(
                            "URI that identifies the kind of problem.", "urn:lectern:problem:invalid_request", false)));

    private CommonFields() {}

    static Optional<Common> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static Map.Entry<String, Common> id(String name, @Nullable String text, String example) {
        return entry(name, new Common(text, example, true));
    }
}
