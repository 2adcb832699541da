package io.regionsnap.app.architecture.violations.ports;

import io.regionsnap.app.architecture.violations.domain.DomainThatKnowsJson;

/** Breaks: ports need the JDK alone; no cycles. */
public record PortThatKnowsTheDomain(DomainThatKnowsJson domain) {}
