/**
 * Verifiers that run an answer's code against tests, and the {@code Sandbox} that they run it in. Touches the JDK and
 * {@code verify}; what runs inside the sandbox's JVM is in {@code inside}, and JUnit is touched only there.
 */
@NullMarked
package dev.cermin.verify.code;

import org.jspecify.annotations.NullMarked;
