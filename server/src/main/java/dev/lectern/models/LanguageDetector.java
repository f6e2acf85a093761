package dev.lectern.models;

/** Tells the language of a text. Thread-safe. */
public interface LanguageDetector {

    /** What is said of a text whose language cannot be told. */
    String UNDETERMINED = "und";

    /** ISO 639-1 code, or {@value #UNDETERMINED}. Short texts are often mistaken. */
    String detect(String text);
}
