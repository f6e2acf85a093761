package dev.lectern.http;

/** The order of the servlet filters; lower values run first. */
public final class FilterOrder {
    /** The address of the client, see {@link ClientAddress}. */
    public static final int ADDRESS = -110;

    /** Request id, security headers, and problem responses for exceptions of later filters. */
    public static final int REQUEST = -100;

    /** Preflights and headers for pages of other sites that may call the API, also on refusals by later filters. */
    public static final int CORS = -98;

    /** The number of requests of one client address that are handled at once. */
    public static final int CONCURRENCY = -97;

    /** The number of requests handled at once. */
    public static final int LIMIT = -95;

    /** Rate limits. */
    public static final int RATE = -93;

    /** Reports of browsers, which have no origin. */
    public static final int REPORTS = -92;

    /** Checks of Host and Origin. */
    public static final int ORIGIN = -90;

    /** Body size limits. */
    public static final int BODY = -70;

    /** Sessions of people who have signed in. */
    public static final int SESSION = -65;

    /** Authentication of the caller. */
    public static final int CALLER = -60;

    /** Idempotency keys. */
    public static final int IDEMPOTENCY = -50;

    private FilterOrder() {}
}
