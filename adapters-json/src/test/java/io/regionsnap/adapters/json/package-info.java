/** Tests of the document reader: rule by rule, and by mutation. */
@NullMarked
package io.regionsnap.adapters.json;

import org.jspecify.annotations.NullMarked;
