package dev.lectern.http;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.stereotype.Component;

/** Who can reach the server. */
@Component
public class NetworkReach {
    private final ServerAddressProperties address;
    private final ProxyProperties proxies;

    NetworkReach(ServerAddressProperties address, ProxyProperties proxies) {
        this.address = address;
        this.proxies = proxies;
    }

    /** Who could reach a server with these settings, by key. */
    public static NetworkReach of(Map<String, String> settings) {
        Binder binder = new Binder(new MapConfigurationPropertySource(settings));
        return new NetworkReach(
                binder.bindOrCreate("lectern", ServerAddressProperties.class),
                binder.bindOrCreate("lectern.http", ProxyProperties.class));
    }

    /** The address that the server listens on, as the operator wrote it. */
    public String host() {
        return address.host();
    }

    /** Whether other machines connect to the server itself. */
    public boolean isListeningOnNetwork() {
        return !NetworkExposure.isLoopback(address.host());
    }

    /** Whether the server listens on all interfaces, so that the address that it listens on names none. */
    public boolean isListeningOnAllInterfaces() {
        return NetworkExposure.isAnyLocal(address.host());
    }

    /** Whether people on other machines can use the server, by themselves or through a proxy on this machine. */
    public boolean isReachedFromNetwork() {
        return isListeningOnNetwork() || isBehindProxy();
    }

    /** Whether the operator has named a proxy or a public address. A request from this machine can then be of anybody: not every proxy says for whom it asks. */
    public boolean isBehindProxy() {
        return !proxies.trustedProxies().isEmpty() || proxies.publicAddress().isPresent();
    }

    /** Whether the operator insists on a start that is not safe. */
    public boolean isInsecureAllowed() {
        return address.allowInsecure();
    }
}
