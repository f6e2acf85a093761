package dev.lectern.models.decorators;

/** The kinds of remote models, by their names in metrics, health and log. */
enum ModelKind {
    CHAT("chat", "chat_model", "Chat model"),
    EMBEDDING("embedding", "embedder", "Embedder");

    private final String label;
    private final String healthPart;
    private final String title;

    ModelKind(String label, String healthPart, String title) {
        this.label = label;
        this.healthPart = healthPart;
        this.title = title;
    }

    String label() {
        return label;
    }

    String healthPart() {
        return healthPart;
    }

    String title() {
        return title;
    }
}
