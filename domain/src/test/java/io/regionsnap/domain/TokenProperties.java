package io.regionsnap.domain;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TokenProperties {
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\0', '\u00ff')
        .withChars("azAZ09._-")
        .ofMaxLength(6);
  }

  @Property
  void isToken_anyText_saysWhatTheExpressionSays(@ForAll("texts") String text) {
    assertThat(Token.isToken(text, 5)).isEqualTo(text.matches("[A-Za-z0-9._-]{1,5}"));
  }

  @Test
  void isToken_eachCharacter_saysWhatTheExpressionSays() {
    for (char character = 0; character < Character.MAX_VALUE; character++) {
      String text = "a" + character;
      assertThat(Token.isToken(text, 5)).as(text).isEqualTo(text.matches("[A-Za-z0-9._-]{2}"));
    }
  }
}
