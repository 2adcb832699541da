/**
 * What regionsnap costs, beside others that do the same and others that promise less.
 *
 * <p>A {@code Contender} persists {@code Document}s that a {@code Series} makes outside of the
 * measured part; the classes that end in {@code Benchmark} measure it with JMH. {@code Main} runs
 * them in rounds, so that what is compared is measured next to each other, and a report is made of
 * JMH's result files alone.
 */
@NullMarked
package io.regionsnap.benchmarks;

import org.jspecify.annotations.NullMarked;
