package io.regionsnap.app.architecture.violations.redis.dialect;

import com.fasterxml.jackson.core.JsonFactory;

/** Breaks: the dialect needs ports alone. */
public record DialectThatKnowsItsClient(JsonFactory json) {}
