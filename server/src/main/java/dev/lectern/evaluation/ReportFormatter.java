package dev.lectern.evaluation;

import dev.lectern.evaluation.DatasetReport.RankingScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Formats reports as lines for people: one line for each ranking, then the measures of answers. */
public final class ReportFormatter {
    private ReportFormatter() {}

    public static List<String> format(Map<String, DatasetReport> reports) {
        List<String> lines = new ArrayList<>();
        reports.forEach((name, report) -> {
            lines.add("%s: %,d questions".formatted(name, report.questions()));
            addRanking(lines, "lexical", report.lexical());
            addRanking(lines, "dense", report.dense());
            addRanking(lines, "hybrid", report.hybrid());
            addFollowUps(lines, report.followups());
            addAnswers(lines, report.answers());
            addAbstention(lines, report.abstention());
        });
        return lines;
    }

    private static void addRanking(List<String> lines, String name, @Nullable RankingScores ranking) {
        if (ranking != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-8s nDCG@10 %.4f   recall@100 %.4f   MRR@10 %.4f",
                    name,
                    ranking.ndcg(),
                    ranking.recall(),
                    ranking.mrr()));
        }
    }

    private static void addFollowUps(List<String> lines, DatasetReport.@Nullable FollowUpScores followUps) {
        if (followUps != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  follow-ups: nDCG@10 %.4f with the last question only, %.4f with the conversation",
                    followUps.lastTurn(),
                    followUps.conversation()));
        }
    }

    private static void addAnswers(List<String> lines, DatasetReport.@Nullable AnswerScores answers) {
        if (answers != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  answers: %.1f %% contain a known answer; median %.0f words, %.0f sentences",
                    100 * answers.contained(),
                    answers.medianWords(),
                    answers.medianSentences()));
        }
    }

    private static void addAbstention(List<String> lines, DatasetReport.@Nullable AbstentionRates abstention) {
        if (abstention != null && abstention.correct() != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  abstained from %.1f %% of the questions without an answer",
                    100 * abstention.correct()));
        }
        if (abstention != null && abstention.wrong() != null) {
            lines.add(String.format(
                    Locale.ROOT, "  abstained from %.1f %% of the questions with an answer", 100 * abstention.wrong()));
        }
    }
}
