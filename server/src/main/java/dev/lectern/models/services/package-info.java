/**
 * The model services that are configured, by their names.
 */
@NullMarked
package dev.lectern.models.services;

import org.jspecify.annotations.NullMarked;
