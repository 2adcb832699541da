/** Tests of the dialect by itself, against a real server and without the client of any adapter. */
@NullMarked
package io.regionsnap.redis.dialect;

import org.jspecify.annotations.NullMarked;
