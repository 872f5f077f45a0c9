/**
 * Students made of models, and the scores of samples under them.
 * Touches the engines that can score a given text; nothing of teachers, selection or files.
 */
@NullMarked
package dev.cermin.tune.score;

import org.jspecify.annotations.NullMarked;
