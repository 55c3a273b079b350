/** What the protocol promises; each test class has event loops of its own. */
@NullMarked
package com.example.line;

import org.jspecify.annotations.NullMarked;
