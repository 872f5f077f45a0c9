/**
 * The settings of the services, {@code cermin.*}, as Quarkus reads them.
 * Touches SmallRye Config only.
 */
@NullMarked
package dev.cermin.config;

import org.jspecify.annotations.NullMarked;
