/**
 * Aids for the tests of applications that embed Cermin: models that follow a script, record, and replay; assertions; stored
 * traces as tests. Touches the library's door and its core; AssertJ and JUnit, which applications bring, each by one class.
 */
@NullMarked
package dev.cermin.testing;

import org.jspecify.annotations.NullMarked;
