/**
 * Tuning sets in the formats that trainers read, with a card that says what is in them.
 * Touches tuning's records and lines, reasoning tags and JSON; for the card and its pictures Qute.
 */
@NullMarked
package dev.cermin.tune.export;

import org.jspecify.annotations.NullMarked;
