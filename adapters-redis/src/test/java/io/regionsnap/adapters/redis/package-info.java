/** Tests of the adapter against real servers. */
@NullMarked
package io.regionsnap.adapters.redis;

import org.jspecify.annotations.NullMarked;
