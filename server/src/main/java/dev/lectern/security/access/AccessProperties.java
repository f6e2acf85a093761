package dev.lectern.security.access;

import dev.lectern.security.SecurityMode;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the server without signing in.
 *
 * @param mode With open, whoever reaches the server may ask, read and upload, and on the machine itself everybody is an administrator; with private, people sign in and programs send keys.
 */
@ConfigurationProperties("lectern.security")
public record AccessProperties(@DefaultValue("open") SecurityMode mode) {}
