package dev.lectern.security.signin;

import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/**
 * Accounts as Spring Security reads them. One that is disabled or has no password is not found, so that Spring Security checks the password of an attempt against that
 * of nobody: it takes as long as for an account that is there.
 */
@Component
final class AccountDetailsService implements UserDetailsService, UserDetailsPasswordService {
    private final UserRepository users;

    AccountDetailsService(UserRepository users) {
        this.users = users;
    }

    /** @param name folded */
    @Override
    public UserDetails loadUserByUsername(String name) {
        return users.findByName(name)
                .filter(UserAccount::isActive)
                .filter(user -> user.password() != null)
                .map(user -> new User(user.name(), user.password(), List.of()))
                .orElseThrow(() -> new UsernameNotFoundException("Nobody who can sign in has this name"));
    }

    /** After a sign-in with a password that was hashed with former parameters. */
    @Override
    public UserDetails updatePassword(UserDetails details, @Nullable String encoded) {
        if (encoded != null && details.getPassword() != null) {
            users.replaceEncodedPassword(details.getUsername(), details.getPassword(), encoded);
        }
        return new User(details.getUsername(), encoded, List.of());
    }
}
