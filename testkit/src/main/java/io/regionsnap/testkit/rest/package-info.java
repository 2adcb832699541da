/**
 * An Upstash-compatible REST server for tests, in front of a real Redis, and what breaks it.
 *
 * <p>{@link io.regionsnap.testkit.rest.RestServer} speaks the REST API that Upstash documents, as
 * strictly as {@link io.regionsnap.testkit.rest.RestOptions} say; commands run on the Redis behind
 * it. {@link io.regionsnap.testkit.rest.Faults} decide which request meets which
 * {@link io.regionsnap.testkit.rest.Fault}; a {@link io.regionsnap.testkit.rest.Gate} holds a
 * request or a reply until the test lets it pass.
 */
@NullMarked
package io.regionsnap.testkit.rest;

import org.jspecify.annotations.NullMarked;
