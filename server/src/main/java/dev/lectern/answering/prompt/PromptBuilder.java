package dev.lectern.answering.prompt;

import dev.lectern.answering.Exchange;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ChatRequest.Message;
import dev.lectern.models.ChatRequest.Role;
import java.util.ArrayList;
import java.util.List;

/** Makes the prompt of an answer: the instructions, the last turns, and as many of the best passages as fit. */
public final class PromptBuilder {
    /** What the model writes when the passages do not answer. */
    public static final String NOT_ANSWERED = "NOT_ANSWERED";

    /** The version of the instructions. */
    public static final String VERSION = "answer-v1";

    private static final String SYSTEM = PromptTemplates.read(VERSION);
    private static final int MAX_PAST_TURNS = 4;
    private static final int MAX_PAST_ANSWER = 1_500;

    private final int maxInputTokens;
    private final int maxOutputTokens;

    /**
     * @param maxInputTokens for instructions, turns and passages together
     * @param maxOutputTokens that the model may write
     */
    public PromptBuilder(int maxInputTokens, int maxOutputTokens) {
        this.maxInputTokens = maxInputTokens;
        this.maxOutputTokens = maxOutputTokens;
    }

    /**
     * @param history past turns, oldest first; the last four are used while they leave half of the budget to the passages
     * @param passages best first; the first is always given, cut where it is too long by itself
     */
    public Prompt build(String question, List<Exchange> history, List<NumberedPassage> passages) {
        String ask = "<question>\n" + PassageMarkup.neutral(question) + "\n</question>";
        int room = maxInputTokens - TokenEstimate.of(SYSTEM) - TokenEstimate.of(ask);
        List<Message> turns = new ArrayList<>(past(history, room / 2));
        for (Message turn : turns) {
            room -= TokenEstimate.of(turn.text());
        }
        List<NumberedPassage> given = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (NumberedPassage passage : passages) {
            String markup = PassageMarkup.of(passage.number(), passage.ranked().passage());
            int tokens = TokenEstimate.of(markup);
            if (tokens <= room || given.isEmpty()) {
                text.append(tokens <= room ? markup : cut(markup, room)).append('\n');
                given.add(passage);
                room -= tokens;
            }
        }
        turns.add(new Message(Role.READER, text + ask));
        return new Prompt(new ChatRequest(ChatRequest.Purpose.ANSWER, SYSTEM, turns, maxOutputTokens), given);
    }

    private static List<Message> past(List<Exchange> history, int budget) {
        List<Message> turns = new ArrayList<>();
        int room = budget;
        for (Exchange exchange :
                history.reversed().stream().limit(MAX_PAST_TURNS).toList()) {
            if (exchange.answer().isBlank()) {
                continue;
            }
            String answer = exchange.answer()
                    .substring(0, Math.min(MAX_PAST_ANSWER, exchange.answer().length()));
            room -= TokenEstimate.of(exchange.question()) + TokenEstimate.of(answer);
            if (room < 0) {
                break;
            }
            turns.addFirst(new Message(Role.MODEL, answer.replaceAll(" ?\\[\\d{1,4}]", "")));
            turns.addFirst(new Message(Role.READER, exchange.question()));
        }
        return turns;
    }

    private static String cut(String markup, int tokens) {
        int characters = Math.min(markup.length(), Math.max(0, tokens));
        return markup.substring(0, characters) + "\n</passage>\n";
    }
}
