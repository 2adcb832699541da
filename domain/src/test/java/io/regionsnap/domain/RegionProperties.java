package io.regionsnap.domain;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RegionProperties {
  private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("az09--AZ_\u00e4\n").ofMaxLength(6);
  }

  @Property
  void isName_anyText_saysWhatTheExpressionSays(@ForAll("texts") String text) {
    assertThat(Region.isName(text)).isEqualTo(text.matches(NAME));
  }

  @Test
  void isName_eachCharacter_saysWhatTheExpressionSays() {
    for (char character = 0; character < Character.MAX_VALUE; character++) {
      for (String text : new String[] {"" + character, "a" + character, "a" + character + "a"}) {
        assertThat(Region.isName(text)).as(text).isEqualTo(text.matches(NAME));
      }
    }
  }

  @Test
  void isName_longest_isOneAndNoLonger() {
    assertThat(Region.isName("a".repeat(Region.MAX_LENGTH))).isTrue();
    assertThat(Region.isName("a".repeat(Region.MAX_LENGTH + 1))).isFalse();
  }
}
