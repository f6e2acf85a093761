package dev.lectern.http;

import java.util.List;
import java.util.stream.Stream;

/** The groups of operations, in the order of the page at /docs. */
enum ApiTag {
    QUESTIONS("Questions", "Answers with citations, without a conversation.", false, "/api/v1/ask"),
    SEARCH("Search", "Passages that match a query.", false, "/api/v1/search"),
    CONVERSATIONS(
            "Conversations",
            "Stored questions and answers of one caller, which know the earlier turns.",
            false,
            "/api/v1/conversations",
            "/api/v1/messages"),
    SOURCES(
            "Sources",
            "Folders of the server's machine that collections follow. For operators.",
            true,
            "/api/v1/sources",
            "/api/v1/collections/{id}/sources"),
    DOCUMENTS(
            "Documents",
            "Files of a collection: uploads, originals, the text that was read of them.",
            false,
            "/api/v1/documents",
            "/api/v1/collections/{id}/documents"),
    COLLECTIONS("Collections", "Named sets of documents that are searched together.", false, "/api/v1/collections"),
    JOBS("Jobs", "Work on uploaded or found files, with its progress.", false, "/api/v1/jobs"),
    EMBEDDERS(
            "Embedders",
            "The embedder in use, and the change to another one. For operators.",
            true,
            "/api/v1/embedder",
            "/api/v1/reembeddings"),
    ACCOUNT(
            "Sign-in and account",
            "Sessions, passwords, the second factor, and one's own data.",
            false,
            "/api/v1/session",
            "/api/v1/setup",
            "/api/v1/password-reset",
            "/api/v1/account"),
    PEOPLE(
            "People and groups",
            "Accounts, and groups that are granted collections together. For administrators.",
            true,
            "/api/v1/users",
            "/api/v1/groups"),
    KEYS("API keys", "Keys of programs, with scopes, collections and an expiry.", false, "/api/v1/api-keys"),
    LIBRARY(
            "Library",
            "Consistency of database, index and originals. For operators.",
            true,
            "/api/v1/library"),
    AUDIT(
            "Audit log",
            "Who changed what, when and from where. For operators.",
            true,
            "/api/v1/audit"),
    SETTINGS(
            "Settings",
            "Settings that may change while the server runs. For operators.",
            true,
            "/api/v1/settings"),
    MONITORING("Monitoring", "Health and metrics of a node.", false, "/health", "/metrics");

    private final String title;
    private final String text;
    private final boolean operatorOnly;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> paths;

    ApiTag(String title, String text, boolean operatorOnly, String... paths) {
        this.title = title;
        this.text = text;
        this.operatorOnly = operatorOnly;
        this.paths = List.of(paths);
    }

    /** The tag of a path. */
    static ApiTag of(String path) {
        return Stream.of(values())
                .filter(tag -> tag.paths.stream().anyMatch(path::startsWith))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No tag has the path " + path));
    }

    String title() {
        return title;
    }

    String text() {
        return text;
    }

    boolean isOperatorOnly() {
        return operatorOnly;
    }
}
