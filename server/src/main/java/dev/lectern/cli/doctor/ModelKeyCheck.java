package dev.lectern.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a model that needs a key has one. */
record ModelKeyCheck(Map<String, String> environment) implements DiagnosticCheck {

    @Override
    public List<Finding> look() {
        String models = environment.getOrDefault("LECTERN_CHAT_MODEL", "") + ","
                + environment.getOrDefault("LECTERN_EMBEDDER", "");
        List<Finding> findings = new ArrayList<>();
        if (models.contains("gemini:")) {
            findings.add(
                    environment.getOrDefault("LECTERN_GEMINI_API_KEY", "").isBlank()
                            ? Finding.bad("A Gemini model is chosen, but LECTERN_GEMINI_API_KEY is not set.")
                            : Finding.good("There is a key for Gemini."));
        }
        if (models.contains("openai:")
                && environment.getOrDefault("LECTERN_OPENAI_API_KEY", "").isBlank()
                && environment.getOrDefault("LECTERN_OPENAI_BASE_URL", "").isBlank()) {
            findings.add(
                    Finding.bad(
                            "An OpenAI model is chosen, but neither LECTERN_OPENAI_API_KEY nor LECTERN_OPENAI_BASE_URL is set."));
        }
        return findings;
    }
}
