/** Tests of the servers that tests use. */
@NullMarked
package io.regionsnap.testkit.redis;

import org.jspecify.annotations.NullMarked;
