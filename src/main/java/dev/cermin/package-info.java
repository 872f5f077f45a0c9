/** Cermin, "mirror": agents that generate, reflect and correct. This root room holds no code of its own. */
package dev.cermin;
