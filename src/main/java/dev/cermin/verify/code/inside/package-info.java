/**
 * What runs in the sandbox's own JVM: compiles an answer and its tests, runs them, and reports. Touches the JDK and
 * JUnit's launcher; nothing else of Cermin, and none of it is called from there.
 */
@NullMarked
package dev.cermin.verify.code.inside;

import org.jspecify.annotations.NullMarked;
