package dev.lectern.models.extractive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How answers are quoted.
 *
 * @param confidence 0 to 1: below it nothing is quoted and the answer is that the documents do not say; the curve is in docs/quality/abstention.md
 */
@ConfigurationProperties("lectern.models.extractive")
public record ExtractiveProperties(@DefaultValue("0.64") double confidence) {}
