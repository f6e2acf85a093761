package dev.lectern.models.extractive;

import dev.lectern.shared.SettingValidator;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Answers that are quoted from the documents.
 *
 * @param confidence Minimum confidence of a quoted answer, 0 to 1. Below it the answer is that the documents do not say; the curve is in docs/quality/abstention.md
 */
@ConfigurationProperties("lectern.models.extractive")
public record ExtractiveProperties(@DefaultValue("0.64") double confidence) {
    public ExtractiveProperties {
        SettingValidator.of("lectern.models.extractive").requireBetween("confidence", confidence, 0.0, 1.0);
    }
}
