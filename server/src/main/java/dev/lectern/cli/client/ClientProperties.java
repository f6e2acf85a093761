package dev.lectern.cli.client;

import dev.lectern.shared.SettingValidator;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The server that commands call.
 *
 * @param url Address of the server that the commands call, such as http://127.0.0.1:8080. Without one, the commands use the server of the data folder,
 *     the library in it, or the server on this machine, and say which.
 * @param urlCertificates Path of a PEM file with the certificates that the commands trust at LECTERN_URL, such as a self-signed one. By default they
 *     trust the authorities of the Java runtime.
 */
@ConfigurationProperties("lectern")
record ClientProperties(
        @DefaultValue("") String url, @DefaultValue("") String urlCertificates) {
    ClientProperties {
        if (!url.isBlank()) {
            address(url);
        }
    }

    /** @throws dev.lectern.shared.InvalidSettingException when it is no http or https address */
    static URI address(String url) {
        SettingValidator settings = SettingValidator.of("lectern");
        String example = "http://127.0.0.1:8080";
        try {
            URI address = URI.create(url.strip());
            settings.requireHttpUrl("url", address, example);
            return address;
        } catch (IllegalArgumentException malformed) {
            settings.require("url", "", false, "an http or https address without credentials, such as " + example);
            throw malformed;
        }
    }
}
