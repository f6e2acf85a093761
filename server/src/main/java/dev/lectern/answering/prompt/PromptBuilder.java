package dev.lectern.answering.prompt;

import dev.lectern.answering.PastExchange;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ChatRequest.Message;
import dev.lectern.models.ChatRequest.Role;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import dev.lectern.text.TokenEstimator;
import java.util.ArrayList;
import java.util.List;

/** Builds the prompt of an answer from the instructions, the last questions and answers, and as many of the best passages as fit. */
public final class PromptBuilder {
    /** The text that the model writes when the passages do not answer the question. */
    public static final String NOT_ANSWERED = "NOT_ANSWERED";

    /** The version of the instructions. */
    public static final String VERSION = "answer-v1";

    private static final String SYSTEM = PromptTemplates.read(VERSION);
    private static final int MAX_PAST_TURNS = 4;
    private static final int MAX_PAST_ANSWER = 1_500;

    private final int maxInputTokens;
    private final int maxOutputTokens;

    /**
     * @param maxInputTokens maximum for instructions, history and passages together
     * @param maxOutputTokens maximum that the model may write
     */
    public PromptBuilder(int maxInputTokens, int maxOutputTokens) {
        this.maxInputTokens = maxInputTokens;
        this.maxOutputTokens = maxOutputTokens;
    }

    /**
     * @param history past questions and answers, oldest first; the last four are used, within half of the token budget
     * @param passages best first; the first one is always used, and cut when it exceeds the budget alone
     * @param context of the answer, for the usage ledger
     */
    public Prompt build(
            String question, List<PastExchange> history, List<NumberedPassage> passages, ModelCallContext context) {
        String ask = "<question>\n" + PassageMarkup.neutralize(question) + "\n</question>";
        int room = maxInputTokens - TokenEstimator.of(SYSTEM) - TokenEstimator.of(ask);
        List<Message> turns = new ArrayList<>(pastTurns(history, room / 2));
        for (Message turn : turns) {
            room -= TokenEstimator.of(turn.text());
        }
        List<NumberedPassage> given = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (NumberedPassage passage : passages) {
            String markup = PassageMarkup.of(passage.number(), passage.ranked().passage());
            int tokens = TokenEstimator.of(markup);
            if (tokens <= room || given.isEmpty()) {
                text.append(tokens <= room ? markup : cut(markup, room)).append('\n');
                given.add(passage);
                room -= tokens;
            }
        }
        turns.add(new Message(Role.READER, text + ask));
        return new Prompt(new ChatRequest(context.forStep(Purpose.ANSWER), SYSTEM, turns, maxOutputTokens), given);
    }

    private static List<Message> pastTurns(List<PastExchange> history, int budget) {
        List<Message> turns = new ArrayList<>();
        int room = budget;
        for (PastExchange pastExchange :
                history.reversed().stream().limit(MAX_PAST_TURNS).toList()) {
            if (pastExchange.answer().isBlank()) {
                continue;
            }
            String answer = pastExchange
                    .answer()
                    .substring(
                            0, Math.min(MAX_PAST_ANSWER, pastExchange.answer().length()));
            room -= TokenEstimator.of(pastExchange.question()) + TokenEstimator.of(answer);
            if (room < 0) {
                break;
            }
            turns.addFirst(new Message(Role.MODEL, answer.replaceAll(" ?\\[\\d{1,4}]", "")));
            turns.addFirst(new Message(Role.READER, pastExchange.question()));
        }
        return turns;
    }

    private static String cut(String markup, int tokens) {
        int characters = Math.min(markup.length(), Math.max(0, tokens));
        return markup.substring(0, characters) + "\n</passage>\n";
    }
}
