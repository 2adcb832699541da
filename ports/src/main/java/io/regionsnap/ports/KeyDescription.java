package io.regionsnap.ports;

import java.util.OptionalLong;

/**
 * The answer to {@link Query.Describe}.
 *
 * @param kind what the key holds
 * @param expiresAtMillis when it expires, in epoch milliseconds; empty if never
 */
public record KeyDescription(Kind kind, OptionalLong expiresAtMillis) {}
