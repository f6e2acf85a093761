package dev.lectern.http;

/** The order in which a request passes the filters, lower first. */
public final class FilterOrder {
    /** Request id, security headers, and a problem for whatever a later filter throws. */
    public static final int REQUEST = -100;

    /** Host and Origin. */
    public static final int ORIGIN = -90;

    /** The page's files. */
    public static final int PAGE = -80;

    /** Limits on bodies. */
    public static final int BODY = -70;

    /** Who asks. */
    public static final int CALLER = -60;

    /** The same change only once. */
    public static final int IDEMPOTENCY = -50;

    private FilterOrder() {}
}
