package dev.lectern.security.passkeys;

import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;

/**
 * Accounts as Spring Security's WebAuthn reads them. The user handle, which authenticators store, is the id of the account: it says nothing about the person.
 */
final class AccountEntities implements PublicKeyCredentialUserEntityRepository {
    private static final String ELSEWHERE = "Accounts are changed by other classes only";

    private final UserRepository users;

    AccountEntities(UserRepository users) {
        this.users = users;
    }

    static Bytes handleOf(String userId) {
        return new Bytes(userId.getBytes(StandardCharsets.UTF_8));
    }

    static String accountOf(Bytes handle) {
        return new String(handle.getBytes(), StandardCharsets.UTF_8);
    }

    static PublicKeyCredentialUserEntity of(UserAccount user) {
        return ImmutablePublicKeyCredentialUserEntity.builder()
                .id(handleOf(user.id()))
                .name(user.name())
                .displayName(user.displayName())
                .build();
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes handle) {
        return users.find(accountOf(handle)).map(AccountEntities::of).orElse(null);
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String name) {
        return users.findByName(name).map(AccountEntities::of).orElse(null);
    }

    @Override
    public void save(PublicKeyCredentialUserEntity entity) {
        throw new UnsupportedOperationException(ELSEWHERE);
    }

    @Override
    public void delete(Bytes handle) {
        throw new UnsupportedOperationException(ELSEWHERE);
    }
}
