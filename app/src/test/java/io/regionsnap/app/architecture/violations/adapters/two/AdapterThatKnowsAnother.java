package io.regionsnap.app.architecture.violations.adapters.two;

import io.regionsnap.app.architecture.violations.adapters.one.AdapterThatKnowsTheDomain;

/** Breaks: adapters do not know each other; nothing prints but the console. */
public record AdapterThatKnowsAnother(AdapterThatKnowsTheDomain other) {
  void print() {
    System.out.println(other);
  }
}
