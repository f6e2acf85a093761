package dev.lectern.models.services;

/** The API of a model service. */
public enum ServiceType {
    GEMINI,
    OPENAI,
    /** Chat models only. */
    ANTHROPIC
}
