package dev.lectern.security.oidc;

import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.Secret;
import dev.lectern.shared.SettingValidator;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An identity provider that people sign in with by OpenID Connect.
 *
 * @param issuer Address of the provider as its discovery document names it, such as https://id.example.org/realms/staff; without it nobody signs in by a provider. It has to be https, or http on this machine.
 * @param clientId Name of this server at the provider.
 * @param clientSecret Secret of this server at the provider.
 * @param name Name of the provider on the button of the sign-in page.
 * @param scopes What is asked for, separated by commas; openid is always included.
 * @param groupsClaim Claim with the groups of a person: a list, one text, or names parted by dots that lead to it, such as realm_access.roles.
 * @param administratorGroups Groups of the provider whose members are administrators, separated by commas; with any, who signs in by the provider and is in none of them is no administrator.
 * @param allowedGroups Groups of the provider whose members may sign in, separated by commas; empty for everybody whom the provider signs in.
 * @param linkByEmail Whether somebody who signs in by the provider for the first time gets the account with the same e-mail address, if the provider has verified it.
 * @param createAccounts Whether somebody without an account gets one at the first sign-in.
 */
@ConfigurationProperties("lectern.security.oidc")
public record OidcProperties(
        @Nullable URI issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") Secret clientSecret,
        @DefaultValue(NAME) String name,
        @DefaultValue({OPENID, "profile", "email"}) Set<String> scopes,
        @DefaultValue(GROUPS) String groupsClaim,
        @DefaultValue Set<String> administratorGroups,
        @DefaultValue Set<String> allowedGroups,
        @DefaultValue("false") boolean linkByEmail,
        @DefaultValue("true") boolean createAccounts) {
    private static final String NAME = "Single sign-on";
    private static final String OPENID = "openid";
    private static final String GROUPS = "groups";

    public OidcProperties {
        scopes = Set.copyOf(scopes);
        administratorGroups = Set.copyOf(administratorGroups);
        allowedGroups = Set.copyOf(allowedGroups);
        SettingValidator settings = SettingValidator.of("lectern.security.oidc");
        if (issuer != null) {
            settings.requireHttpUrl("issuer", issuer, "https://id.example.org/realms/staff")
                    .require(
                            "issuer",
                            issuer,
                            ProviderRegistration.isEncrypted(issuer) && issuer.getQuery() == null,
                            "an https address, or an http address of this machine, without a query")
                    .require("client-id", clientId, !clientId.isBlank(), "the name of this server at the provider")
                    .require(
                            "groups-claim", groupsClaim, !groupsClaim.isBlank(), "the name of a claim, such as groups");
        } else {
            requireNone(Map.of(
                    "CLIENT_ID", !clientId.isEmpty(),
                    "CLIENT_SECRET", !clientSecret.isEmpty(),
                    "NAME", !name.equals(NAME),
                    "GROUPS_CLAIM", !groupsClaim.equals(GROUPS),
                    "ADMINISTRATOR_GROUPS", !administratorGroups.isEmpty(),
                    "ALLOWED_GROUPS", !allowedGroups.isEmpty(),
                    "LINK_BY_EMAIL", linkByEmail,
                    "CREATE_ACCOUNTS", !createAccounts));
        }
    }

    /** @param set whether a setting is not as by default, by its name below the prefix */
    private static void requireNone(Map<String, Boolean> set) {
        String names = set.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(one -> "LECTERN_SECURITY_OIDC_" + one.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            throw new InvalidSettingException(
                    names + (names.contains(",") ? " have" : " has") + " no effect without LECTERN_SECURITY_OIDC_ISSUER. Set"
                            + " LECTERN_SECURITY_OIDC_ISSUER=https://id.example.org/realms/staff, as in the discovery document"
                            + " of the provider, or remove what is set.");
        }
    }

    /** The scopes with {@code openid}, without which there is no ID token. */
    Set<String> requestedScopes() {
        Set<String> all = new LinkedHashSet<>(Set.of(OPENID));
        all.addAll(scopes);
        return all;
    }

    /** Whether people can sign in by a provider. */
    public boolean isConfigured() {
        return issuer != null;
    }
}
