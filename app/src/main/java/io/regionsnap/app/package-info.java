/**
 * The command line.
 *
 * <p>{@code Main} runs {@code Cli}, which wires everything with Dagger ({@code AppComponent}, and
 * {@code UseCases} once a store is open) and lets picocli choose one of the commands: a class each,
 * named after what the user types. {@code Surroundings} is all that a run sees of the world, so
 * that tests run it in their own process; {@code Console} is how it speaks, {@code ExitCode} how it
 * ends, {@code Interruption} how it is stopped.
 */
@NullMarked
package io.regionsnap.app;

import org.jspecify.annotations.NullMarked;
