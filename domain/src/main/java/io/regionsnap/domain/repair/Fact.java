package io.regionsnap.domain.repair;

import io.regionsnap.ports.Key;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was seen under the key of a view.
 *
 * @param expiresAtMillis epoch milliseconds; empty if never, or if there is no key
 * @param body what the bytes say, if they are a snapshot
 * @param foreign whether it rightly belongs to another region, and is left alone
 */
record Fact(
    Key key, Seen seen, OptionalLong expiresAtMillis, Optional<Body> body, boolean foreign) {}
