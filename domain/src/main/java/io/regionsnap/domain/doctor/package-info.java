/**
 * Finding out what a store can do and what threatens what it promises.
 *
 * <p>{@link io.regionsnap.domain.doctor.DiagnoseStore} tries the store's promises on keys of its
 * own, which it deletes again, adds what the store tells of itself, and tells a
 * {@link io.regionsnap.domain.doctor.DoctorListener} of each check as soon as it is made.
 */
@NullMarked
package io.regionsnap.domain.doctor;

import org.jspecify.annotations.NullMarked;
