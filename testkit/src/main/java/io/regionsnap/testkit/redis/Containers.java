package io.regionsnap.testkit.redis;

import java.net.URI;

/** Redis servers in containers, if there can be any. */
interface Containers {

  /** Whether {@link #start} can work. Quick and quiet where it cannot. */
  boolean areAvailable();

  /** Starts a server and waits until it is reachable. */
  Started start();

  /**
   * A server in a container.
   *
   * @param url its address
   * @param stop ends it
   */
  record Started(URI url, Runnable stop) {}
}
