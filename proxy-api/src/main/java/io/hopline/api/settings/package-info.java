/**
 * Settings as plugins read them: each value is checked where it is read, every problem is collected with its file and line, and
 * what nobody read is reported as unknown.
 *
 * <p>Threads: used while a config is read, by one thread.
 */
@NullMarked
package io.hopline.api.settings;

import org.jspecify.annotations.NullMarked;
