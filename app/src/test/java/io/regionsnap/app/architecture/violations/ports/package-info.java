/** Classes that break the rules, so that the rules are known to see it. */
@NullMarked
package io.regionsnap.app.architecture.violations.ports;

import org.jspecify.annotations.NullMarked;
