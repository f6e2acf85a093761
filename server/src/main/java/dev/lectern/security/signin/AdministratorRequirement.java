package dev.lectern.security.signin;

import dev.lectern.http.NetworkReach;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.shared.InvalidSettingException;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Refuses to listen on the network while nobody could manage the server, unless the operator insists. Checked before the server listens. */
@Component
@Lazy(false)
class AdministratorRequirement implements InitializingBean {
    private final NetworkReach reach;
    private final ObjectProvider<UserRepository> users;

    AdministratorRequirement(NetworkReach reach, ObjectProvider<UserRepository> users) {
        this.reach = reach;
        this.users = users;
    }

    @Override
    public void afterPropertiesSet() {
        if (reach.isListeningOnNetwork()
                && !reach.isInsecureAllowed()
                && users.getObject().countActiveAdministrators() == 0) {
            throw new InvalidSettingException("LECTERN_HOST=" + reach.host()
                    + " would serve the network without an administrator, so that nobody could say who may do what. Add one"
                    + " first: lectern user create --admin NAME. Where nobody else can connect, LECTERN_ALLOW_INSECURE=true"
                    + " allows it.");
        }
    }
}
