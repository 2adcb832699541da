package io.regionsnap.app.architecture.violations.adapters.one;

import io.regionsnap.app.Main;
import io.regionsnap.app.architecture.violations.domain.DomainThatKnowsJson;

/** Breaks: adapters of stores do not know the domain; nobody knows the app. */
public record AdapterThatKnowsTheDomain(DomainThatKnowsJson domain, Main app) {}
