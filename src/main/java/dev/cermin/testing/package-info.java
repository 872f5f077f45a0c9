/**
 * Aids for the tests of applications that embed Cermin: models that follow a script, record, and replay; assertions; stored
 * traces and own cases as tests. Touches the library's door, its core and evaluations; AssertJ and JUnit, which
 * applications bring, each by a class or two.
 */
@NullMarked
package dev.cermin.testing;

import org.jspecify.annotations.NullMarked;
