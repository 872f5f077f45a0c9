/**
 * The services' doors: REST and events.
 * Touches the flow's and the store's front ends and agents; knows nothing of Kafka or SQL.
 */
@NullMarked
package dev.cermin.gateway;

import org.jspecify.annotations.NullMarked;
