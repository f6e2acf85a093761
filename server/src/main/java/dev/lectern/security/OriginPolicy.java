package dev.lectern.security;

import dev.lectern.http.ClientAddress;
import dev.lectern.http.ExternalAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pages may make changes: the page of this server under the address that the browser uses, and pages of the sites that the operator named. Two
 * headers tell, which browsers send and pages cannot choose: Origin, and Sec-Fetch-Site. Both have to agree. A client that sends neither is no browser.
 */
final class OriginPolicy {
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final int MAX_SHOWN = 200;
    /** No origin of a browser has one. */
    private static final Pattern USER_INFO = Pattern.compile("://[^/]*@");

    private final Set<String> own = new HashSet<>();
    private final Set<String> listed;

    /**
     * @param publicAddress the address that the operator named for readers, null when there is none
     * @param listed origins of other sites, as browsers write them
     */
    OriginPolicy(@Nullable ExternalAddress publicAddress, Set<String> listed) {
        if (publicAddress != null) {
            own.add(publicAddress.origin());
        }
        this.listed = listed;
    }

    /** Whether the operator named this origin. */
    boolean isListed(@Nullable String origin) {
        return origin != null && listed.contains(origin.toLowerCase(Locale.ROOT));
    }

    /**
     * Why a change is refused; empty when it is allowed.
     *
     * @param origin the Origin header, null when there is none
     * @param site the Sec-Fetch-Site header, null when there is none
     */
    Optional<String> refuse(ClientAddress address, @Nullable String origin, @Nullable String site) {
        if (isListed(origin)) {
            return Optional.empty();
        }
        String expected = address.external().origin();
        boolean isOwn =
                origin == null || origin.equalsIgnoreCase(expected) || own.contains(origin.toLowerCase(Locale.ROOT));
        if (isOwn && (site == null || OWN_SITE.contains(site))) {
            return Optional.empty();
        }
        String received = origin == null || isOwn ? "Sec-Fetch-Site: " + site : "origin " + origin;
        String refusal = "The page of another site cannot make changes here (expected origin " + expected
                + ", received " + visible(received) + "). ";
        if (origin == null || isOwn) {
            return Optional.of(refusal + "Use the page of this server. " + remedyForSites());
        }
        if (!origin.contains("://")) {
            return Optional.of(
                    refusal
                            + "A page without an origin, such as a local file, can never make changes. Use the page of this server.");
        }
        return Optional.of(refusal + "If " + visible(origin) + " is the address of this server, "
                + remedyForProxies(address, visible(origin)) + ". " + remedyForSites());
    }

    private static String remedyForProxies(ClientAddress address, String origin) {
        return address.isFromTrustedProxy()
                ? "let the reverse proxy send X-Forwarded-Proto and X-Forwarded-Host, or set LECTERN_HTTP_PUBLIC_URL="
                        + origin
                : "name its reverse proxy in LECTERN_HTTP_TRUSTED_PROXIES and let it send X-Forwarded-Proto and"
                        + " X-Forwarded-Host";
    }

    private static String remedyForSites() {
        return "If pages of that site may make changes, add its origin to LECTERN_SECURITY_CORS_ORIGINS.";
    }

    /** A header without characters that could disguise it, without a password, and not too long. */
    static String visible(String header) {
        String text =
                USER_INFO.matcher(header.replaceAll("[^\\x20-\\x7e]", "?")).replaceFirst("://");
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
