/**
 * The HTTP API of conversations. It asks the module's door and adds nothing of its own.
 */
@NullMarked
package dev.lectern.conversations.web;

import org.jspecify.annotations.NullMarked;
