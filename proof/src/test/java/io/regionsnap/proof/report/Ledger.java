package io.regionsnap.proof.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What this JVM counted. Written to a file of its own when the JVM ends, so that a build with
 * several JVMs loses nothing. Thread-safe.
 */
public final class Ledger {
  private static final Map<String, Tally> TALLIES = new ConcurrentHashMap<>();
  private static final Queue<Detection> DETECTIONS = new ConcurrentLinkedQueue<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Ledger::write));
  }

  private Ledger() {}

  /**
   * The figures of a store.
   *
   * @param store its name and its mode
   * @return where to count
   */
  public static Tally of(String store) {
    return TALLIES.computeIfAbsent(store, any -> new Tally());
  }

  /**
   * Figures that nobody will see: what strikes the control group proves nothing.
   *
   * @return where to count
   */
  public static Tally ofNobody() {
    return new Tally();
  }

  /**
   * Notes what a property made of a store of the control group.
   *
   * @param detection what it made of it
   */
  public static void note(Detection detection) {
    DETECTIONS.add(detection);
  }

  /** Where the JVMs of this build leave what they counted. */
  static Path folder() {
    String run = System.getProperty("proof.run", "alone").replaceAll("[^A-Za-z0-9]", "-");
    return Path.of(System.getProperty("proof.folder", "target"), "proof", run);
  }

  private static void write() {
    List<String> lines = new ArrayList<>();
    TALLIES.forEach((store, tally) -> tally
        .numbers()
        .forEach((counter, number) -> lines.add(Summary.count(store, counter, number))));
    DETECTIONS.forEach(detection -> lines.add(Summary.detection(detection)));
    if (lines.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(folder());
      Files.write(folder().resolve(ProcessHandle.current().pid() + ".tsv"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
