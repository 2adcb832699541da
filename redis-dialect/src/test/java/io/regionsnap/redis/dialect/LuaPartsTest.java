package io.regionsnap.redis.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions written out where they are called. The contracts run what comes of it. */
class LuaPartsTest {
  private static final LuaParts PARTS = new LuaParts("""
      -- An expression, and one that uses it.
      local function twice(number)
        return number * 2
      end
      local function sum(one, other)
        return {one + other, name = 'one'}
      end
      local function put(key, value)
        if key then call(key, twice(value)) end
      end
      local function both(from, to)
        for at = from, to do put(keys[at], sum(at, 1)) end
        last = to
      end
      """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "return twice(3) | return ( 3 * 2 )",
        "return twice(twice(3)) | return ( ( 3 * 2 ) * 2 )",
        "x = sum(f(1, 2), t[3]) | x = ( { f ( 1 , 2 ) + t [ 3 ] , name = 'one' } )",
        "put(1, 2) | do if 1 then call ( 1 , ( 2 * 2 ) ) end end",
        "return a.twice(3), twice | return a . twice ( 3 ) , twice",
      })
  void expand_callOfAPart_isItsBodyWithTheOperands(String steps, String expanded) {
    assertThat(PARTS.expand(steps)).isEqualTo(expanded);
  }

  @Test
  void expand_partOfParts_isWrittenOutToTheEnd() {
    assertThat(PARTS.expand("both(1, 2)"))
        .isEqualTo("do for at = 1 , 2 do do if keys [ at ] then call ( keys [ at ] ,"
            + " ( ( { at + 1 , name = 'one' } ) * 2 ) ) end end end last = 2 end");
  }

  @Test
  void expand_wrongNumberOfOperands_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> PARTS.expand("put(1)"));
  }
}
