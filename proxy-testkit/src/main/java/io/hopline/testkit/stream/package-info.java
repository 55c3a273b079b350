/** What is the same in every protocol that carries many streams on a connection, and what each does with peers that play by no rules. */
@NullMarked
package io.hopline.testkit.stream;

import org.jspecify.annotations.NullMarked;
