package dev.lectern.models.extractive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How answers are quoted.
 *
 * @param confidence Minimum confidence of an extractive answer, 0 to 1. Below it the answer is an abstention;
 *     docs/quality/abstention.md has the measured curve.
 */
@ConfigurationProperties("lectern.models.extractive")
public record ExtractiveProperties(@DefaultValue("0.64") double confidence) {}
