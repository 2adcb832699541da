package io.regionsnap.app.architecture.violations.domain;

import com.fasterxml.jackson.core.JsonFactory;
import io.regionsnap.app.architecture.violations.ports.PortThatKnowsTheDomain;
import java.util.List;

/** Breaks: the domain needs ports alone; no cycles. */
public record DomainThatKnowsJson(JsonFactory json, List<PortThatKnowsTheDomain> ports) {}
