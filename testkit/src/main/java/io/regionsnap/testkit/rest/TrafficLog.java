package io.regionsnap.testkit.rest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps count of what went over the wire, and the latest requests. Thread-safe. */
final class TrafficLog {
  private static final int KEPT = 1_000;

  private final Deque<RestRequest> latest = new ArrayDeque<>();
  private Traffic traffic = Traffic.NONE;

  synchronized void count(Traffic more) {
    traffic = traffic.plus(more);
  }

  synchronized void arrived(RestRequest request) {
    count(new Traffic(0, 0, 0, request.body().size(), 0));
    latest.add(request);
    if (latest.size() > KEPT) {
      latest.remove();
    }
  }

  synchronized Traffic traffic() {
    return traffic;
  }

  synchronized List<RestRequest> latest() {
    return List.copyOf(latest);
  }
}
