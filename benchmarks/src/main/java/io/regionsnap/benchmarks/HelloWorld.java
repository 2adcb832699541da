package io.regionsnap.benchmarks;

/** The least that a JVM can be started for. */
final class HelloWorld {
  private HelloWorld() {}

  public static void main(String[] args) {
    System.out.println("hello, world");
  }
}
