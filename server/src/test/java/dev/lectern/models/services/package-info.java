/** Named services, met through their protocols. */
@NullMarked
package dev.lectern.models.services;

import org.jspecify.annotations.NullMarked;
