package dev.lectern.models.decorators;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The calls of models after the start.
 *
 * @param checkAtStart Whether each configured model of a service is called once after the start, in the background. The log, {@code /health} and
 *     the metrics then say at once what is wrong with it. Each call costs a few tokens.
 */
@ConfigurationProperties("lectern.models")
record ModelStartCheckProperties(@DefaultValue("true") boolean checkAtStart) {}
