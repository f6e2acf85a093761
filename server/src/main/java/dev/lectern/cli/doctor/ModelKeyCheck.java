package dev.lectern.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks that the API keys of the configured models are set. */
record ModelKeyCheck(Map<String, String> environment) implements DiagnosticCheck {

    @Override
    public List<Finding> run() {
        String models = environment.getOrDefault("LECTERN_CHAT_MODEL", "") + ","
                + environment.getOrDefault("LECTERN_EMBEDDER", "");
        List<Finding> findings = new ArrayList<>();
        if (models.contains("gemini:")) {
            findings.add(
                    environment.getOrDefault("LECTERN_GEMINI_API_KEY", "").isBlank()
                            ? Finding.failed(
                                    "A Gemini model is configured, but LECTERN_GEMINI_API_KEY is not set. Set it.")
                            : Finding.passed("The API key of Gemini is set."));
        }
        if (models.contains("openai:")
                && environment.getOrDefault("LECTERN_OPENAI_API_KEY", "").isBlank()
                && environment.getOrDefault("LECTERN_OPENAI_BASE_URL", "").isBlank()) {
            findings.add(
                    Finding.failed(
                            "An OpenAI model is configured, but neither LECTERN_OPENAI_API_KEY nor LECTERN_OPENAI_BASE_URL is set. Set one of them."));
        }
        return findings;
    }
}
