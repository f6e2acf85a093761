/**
 * Decorators around embedders and chat models: retries, limits, circuit breakers, metering and caching. The factories and the configuration here put them
 * together.
 */
@NullMarked
package dev.lectern.models.decorators;

import org.jspecify.annotations.NullMarked;
