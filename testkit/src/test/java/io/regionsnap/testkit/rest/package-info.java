/** What the REST server for tests accepts, refuses and breaks. */
@NullMarked
package io.regionsnap.testkit.rest;

import org.jspecify.annotations.NullMarked;
