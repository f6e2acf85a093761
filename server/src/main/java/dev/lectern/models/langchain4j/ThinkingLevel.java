package dev.lectern.models.langchain4j;

import java.util.Locale;

/** How much a model thinks before it writes. Services count thoughts against the limit of the output, so that each level has its head-room. */
public enum ThinkingLevel {
    /** Nothing is sent: as the model does by itself. */
    DEFAULT(16_384),
    NONE(0),
    MINIMAL(1_024),
    LOW(4_096),
    MEDIUM(8_192),
    HIGH(24_576),
    XHIGH(49_152);

    private final int headRoom;

    ThinkingLevel(int headRoom) {
        this.headRoom = headRoom;
    }

    /** Tokens that are added to the limit of the output, so that thoughts of this level leave the text its own. */
    public int headRoom() {
        return headRoom;
    }

    /** The name of both protocols. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
