package dev.lectern.audit;

/**
 * What an entry is about.
 *
 * @param kind a lower-case word, such as {@code collection}
 * @param id its id, or the name of a setting; at most 250 bytes are stored
 */
public record AuditSubject(String kind, String id) {
    public AuditSubject {
        id = AuditTexts.clean(id);
    }
}
