@NullMarked
@NamedInterface("outbound")
package dev.lectern.http.outbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
