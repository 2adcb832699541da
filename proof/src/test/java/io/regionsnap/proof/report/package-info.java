/**
 * What the proof did, in figures: {@link io.regionsnap.proof.report.Ledger} counts while it runs,
 * {@link io.regionsnap.proof.report.Summary} adds up what every JVM of a build counted, and
 * {@code SummaryTest} prints that and fails the build if it is not enough.
 */
@NullMarked
package io.regionsnap.proof.report;

import org.jspecify.annotations.NullMarked;
