/**
 * Who may use an inbound: users from the config or an htpasswd file, checked off the event loop.
 *
 * <p>Threads: {@link io.hopline.api.users.Users#check} is called on event loops and completes on the caller's; hashing runs on a
 * small pool of its own.
 */
@NullMarked
package io.hopline.api.users;

import org.jspecify.annotations.NullMarked;
