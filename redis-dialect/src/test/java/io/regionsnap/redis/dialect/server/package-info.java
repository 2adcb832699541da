/** Tests of what is made of what servers tell of themselves. */
@NullMarked
package io.regionsnap.redis.dialect.server;

import org.jspecify.annotations.NullMarked;
