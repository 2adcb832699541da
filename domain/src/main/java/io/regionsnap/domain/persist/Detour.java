package io.regionsnap.domain.persist;

import io.regionsnap.ports.Guard;
import io.regionsnap.ports.Value;
import java.util.List;
import java.util.Optional;

/**
 * What was learned from a submission that drift in the store turned away, and lets the next one
 * pass without making the drift worse. On whole data there is never a detour.
 *
 * @param deadClaim a claim that may name an id that is not stored
 * @param strayPointer a pointer that names no member of the index
 */
record Detour(Optional<DeadClaim> deadClaim, Optional<StrayPointer> strayPointer) {
  static final Detour NONE = new Detour(Optional.empty(), Optional.empty());

  /**
   * A claim that is overwritten if what it names is not stored.
   *
   * @param held what the claim holds
   * @param evidence what must hold for the claim to be dead, beside its holding that
   */
  record DeadClaim(Value held, List<Guard> evidence) {}

  /**
   * A pointer that names no member of the index.
   *
   * @param held what the pointer holds
   * @param leadsToNewer whether it leads to a stored snapshot that is newer than the one being
   *     persisted; then it is left alone, since the pointer never moves back
   * @param evidence what must still hold, beside the pointer's holding that
   */
  record StrayPointer(Value held, boolean leadsToNewer, List<Guard> evidence) {}

  Detour with(DeadClaim claim) {
    return new Detour(Optional.of(claim), strayPointer);
  }

  Detour with(StrayPointer pointer) {
    return new Detour(deadClaim, Optional.of(pointer));
  }

  Detour withoutClaim() {
    return new Detour(Optional.empty(), strayPointer);
  }

  Detour withoutPointer() {
    return new Detour(deadClaim, Optional.empty());
  }

  boolean movesPointer() {
    return strayPointer.map(stray -> !stray.leadsToNewer()).orElse(true);
  }
}
