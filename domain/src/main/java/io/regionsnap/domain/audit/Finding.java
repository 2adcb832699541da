package io.regionsnap.domain.audit;

import io.regionsnap.domain.Region;
import io.regionsnap.domain.invariants.FindingCode;
import io.regionsnap.ports.Key;
import java.util.Optional;

/**
 * One thing that is not as it should be.
 *
 * @param code what kind of drift it is
 * @param region the region; empty for an id view of the {@code worldmonitor} layout of which nobody
 *     can say where it belongs
 * @param key where
 * @param expected what should be seen, in a few words
 * @param seen what was seen, in a few words; never the content of a body
 */
public record Finding(
    FindingCode code, Optional<Region> region, Key key, String expected, String seen) {}
