package io.regionsnap.app.sample;

import io.regionsnap.ports.Value;

/**
 * One made-up snapshot.
 *
 * @param region its region
 * @param generatedAtMillis epoch milliseconds
 * @param document a JSON object on one line, without a line end
 */
public record Sample(String region, long generatedAtMillis, Value document) {}
