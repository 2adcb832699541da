package io.regionsnap.proof.history;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives a property as many tries as {@code -Dproof.tries} says, and the seed that
 * {@code -Dproof.seed} names, so that one flag plays the same histories again.
 */
public final class Tries implements AroundPropertyHook {
  /** For jqwik. */
  public Tries() {}

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) throws Throwable {
    context.attributes().setEdgeCases(EdgeCasesMode.NONE);
    context.attributes().setTries(Integer.getInteger("proof.tries", 100));
    String seed = System.getProperty("proof.seed", "");
    if (!seed.isEmpty()) {
      context.attributes().setSeed(seed);
    }
    return property.execute();
  }
}
