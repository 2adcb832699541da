/** Tests of the store on Upstash. */
@NullMarked
package io.regionsnap.adapters.upstash;

import org.jspecify.annotations.NullMarked;
