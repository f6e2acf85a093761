/**
 * Says in which language a text is: by its script where that decides, else by the frequencies of its letter groups. The profiles' library stops here.
 */
@NullMarked
package dev.lectern.models.language;

import org.jspecify.annotations.NullMarked;
