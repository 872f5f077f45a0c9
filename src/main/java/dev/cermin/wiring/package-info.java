/**
 * Puts the services together: makes agents, models and verifiers from the configuration, for injection.
 * Touches the configuration and what it makes; holds no logic.
 */
@NullMarked
package dev.cermin.wiring;

import org.jspecify.annotations.NullMarked;
