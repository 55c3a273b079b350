package io.hopline.testkit;

import io.hopline.api.transport.Transport;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The transport of the {@link Loops} of a test class; it is skipped where that can't be used. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Over {
    Transport value();
}
