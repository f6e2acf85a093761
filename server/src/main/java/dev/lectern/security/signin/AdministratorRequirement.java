package dev.lectern.security.signin;

import dev.lectern.http.NetworkReach;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.shared.InvalidSettingException;
import dev.lectern.storage.DataFolder;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refuses to listen on the network while nobody could manage the server, unless the operator insists. Checked before the server listens. */
@Component
@Lazy(false)
public class AdministratorRequirement implements InitializingBean {
    private final NetworkReach reach;
    private final DataFolder folder;
    private final ObjectProvider<UserRepository> users;

    AdministratorRequirement(NetworkReach reach, DataFolder folder, ObjectProvider<UserRepository> users) {
        this.reach = reach;
        this.folder = folder;
        this.users = users;
    }

    @Override
    public void afterPropertiesSet() {
        require(reach, folder.root(), () -> users.getObject().countActiveAdministrators());
    }

    /** Whether a server needs an administrator to start. */
    public static boolean isNeeded(NetworkReach reach) {
        return reach.isListeningOnNetwork() && !reach.isInsecureAllowed();
    }

    /** The number of administrators who can sign in to the server of a database. */
    public static long countAdministrators(JdbcClient jdbc) {
        return new UserRepository(jdbc).countActiveAdministrators();
    }

    /**
     * Checks the requirement, also for a server that is not started.
     *
     * @param dataFolder of the server
     * @param administrators their number, those who can sign in; asked for only if one is needed
     * @throws InvalidSettingException if one is needed and there is none
     */
    public static void require(NetworkReach reach, Path dataFolder, LongSupplier administrators) {
        if (isNeeded(reach) && administrators.getAsLong() == 0) {
            throw new InvalidSettingException("LECTERN_HOST=" + reach.host()
                    + " would serve the network without an administrator, so that nobody could say who may do what. Where"
                    + " nobody else can connect, LECTERN_ALLOW_INSECURE=true allows it. Otherwise add one first:"
                    + " lectern user create --admin NAME --data " + dataFolder);
        }
    }
}
