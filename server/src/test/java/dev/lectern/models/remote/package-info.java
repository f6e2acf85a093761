/**
 * Model services met through their official protocols, played by a server that can misbehave. Both adapters run the same kit.
 */
@NullMarked
package dev.lectern.models.remote;

import org.jspecify.annotations.NullMarked;
