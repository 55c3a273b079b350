/**
 * What an inbound lets its clients do: which targets they may reach, and how much of everything they may take.
 *
 * <p>{@link io.hopline.api.guard.GuardSettings} are an inbound's settings; {@link io.hopline.api.guard.Guard} is what they mean for one
 * client, and every {@link io.hopline.api.Session} has one. {@link io.hopline.api.guard.Guarded} asks it before anything is dialed,
 * and whoever opens a socket to a target asks it again for the address.
 *
 * <p>Threads: rules and settings are immutable; counters are shared by all event loops.
 */
@NullMarked
package io.hopline.api.guard;

import org.jspecify.annotations.NullMarked;
