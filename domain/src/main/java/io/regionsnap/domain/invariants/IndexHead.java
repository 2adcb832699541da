package io.regionsnap.domain.invariants;

import io.regionsnap.ports.IndexEntry;
import io.regionsnap.ports.Kind;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What can be said of an index without its members.
 *
 * @param kind what its key holds
 * @param expiresAtMillis when it expires, in epoch milliseconds; empty if never
 * @param lowest its oldest entry; empty if it holds something else
 * @param top its newest entry; empty if it holds something else
 */
public record IndexHead(
    Kind kind,
    OptionalLong expiresAtMillis,
    Optional<IndexEntry> lowest,
    Optional<IndexEntry> top) {}
