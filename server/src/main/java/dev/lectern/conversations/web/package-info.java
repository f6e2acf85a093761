/**
 * The HTTP API of conversations, messages and feedback. Controllers map requests to the services of the module and hold no rules of their own.
 */
@NullMarked
package dev.lectern.conversations.web;

import org.jspecify.annotations.NullMarked;
