package dev.lectern.answering.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Measures the check on sentences with planted errors, and holds it to a floor. The figures are in docs/quality/support.md. */
class PlantedSentencesTest {

    private record Planted(String language, String passage, String kind, String sentence) {
        boolean isWrong() {
            return !kind.equals("ok");
        }
    }

    @Test
    void check_plantedSentences_isPreciseAndFindsThem() {
        SupportCheck check = new SupportCheck();
        int found = 0;
        int flagged = 0;
        int rightReason = 0;
        List<String> mistakes = new ArrayList<>();
        List<Planted> all = planted();
        for (Planted planted : all) {
            List<UnsupportedSentence> unsupported =
                    check.check(planted.sentence(), Map.of(1, planted.passage()), planted.language());
            flagged += unsupported.isEmpty() ? 0 : 1;
            if (unsupported.isEmpty() == planted.isWrong()) {
                mistakes.add(planted.kind() + ": " + planted.sentence() + " " + unsupported);
            } else if (planted.isWrong()) {
                found++;
                rightReason += unsupported
                                .getFirst()
                                .reason()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .endsWith(planted.kind())
                        ? 1
                        : 0;
            }
        }
        long wrong = all.stream().filter(Planted::isWrong).count();
        double precision = found / (double) flagged;
        double recall = found / (double) wrong;
        System.out.printf(
                Locale.ROOT,
                "support check: %d sentences, %d wrong: precision %.3f, recall %.3f, reason %.3f%n%s%n",
                all.size(),
                wrong,
                precision,
                recall,
                rightReason / (double) found,
                String.join("\n", mistakes));

        assertThat(all).hasSizeGreaterThan(100);
        assertThat(precision).as("precision; %s", mistakes).isGreaterThanOrEqualTo(0.95);
        assertThat(recall).as("recall; %s", mistakes).isGreaterThanOrEqualTo(0.95);
    }

    private static List<Planted> planted() {
        List<Planted> planted = new ArrayList<>();
        String language = "und";
        String passage = "";
        boolean passageNext = false;
        for (String line : text().lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int space = line.indexOf(' ');
            if (passageNext) {
                passage = line;
                passageNext = false;
            } else if (line.startsWith("passage ")) {
                language = line.substring(space + 1);
                passageNext = true;
            } else {
                planted.add(new Planted(language, passage, line.substring(0, space), line.substring(space + 1)));
            }
        }
        return planted;
    }

    private static String text() {
        try (InputStream in =
                Objects.requireNonNull(PlantedSentencesTest.class.getResourceAsStream("/support/planted.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
