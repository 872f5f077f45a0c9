/**
 * Who may do what: callers with their roles and tenant, API keys, the table of permissions, the tenants' wall, the log of reads.
 * Touches Quarkus' security and HTTP, and JDBC for the wall and the log; knows nothing of tasks, Kafka or pages.
 */
@NullMarked
package dev.cermin.security;

import org.jspecify.annotations.NullMarked;
