package dev.lectern.security.oidc;

import dev.lectern.shared.Secret;
import dev.lectern.shared.SettingValidator;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
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
        @DefaultValue("Single sign-on") String name,
        @DefaultValue({"openid", "profile", "email"}) Set<String> scopes,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue Set<String> administratorGroups,
        @DefaultValue Set<String> allowedGroups,
        @DefaultValue("false") boolean linkByEmail,
        @DefaultValue("true") boolean createAccounts) {
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
        }
    }

    /** The scopes with {@code openid}, without which there is no ID token. */
    Set<String> requestedScopes() {
        Set<String> all = new LinkedHashSet<>(Set.of("openid"));
        all.addAll(scopes);
        return all;
    }

    /** Whether people can sign in by a provider. */
    public boolean isConfigured() {
        return issuer != null;
    }
}
