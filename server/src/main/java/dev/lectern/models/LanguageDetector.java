package dev.lectern.models;

/** Detects the language of a text. Thread-safe. */
public interface LanguageDetector {

    /** The result for a text whose language is unknown. */
    String UNDETERMINED = "und";

    /** ISO 639-1 code, or {@value #UNDETERMINED}. The result is unreliable for short texts. */
    String detect(String text);
}
