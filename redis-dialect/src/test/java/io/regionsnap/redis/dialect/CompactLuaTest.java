package io.regionsnap.redis.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the compact text leaves out, and what it must not. The contracts run the scripts in it. */
class CompactLuaTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "local key = KEYS[1] -- comment | local a=KEYS[1]",
        "local function twice(number) return number * 2 end | local function a(b)return b*2 end",
        "local one, other = 1, 2 | local a,b=1,2",
        "for place = 1, #ARGV do call(place) end | for a=1,#ARGV do call(a)end",
        "for _, it in ipairs(all) do end | for a,b in ipairs(all)do end",
        "return 1 .. 'a  b -- c' .. x | return 1 ..'a  b -- c'..x",
        "return a - -b | return a- -b",
        "return t[t[1] ] ~= nil | return t[t[1]]~=nil",
        "local b = a | local c=a",
        "local function all(...) return ... end | local function a(...)return...end",
        "return not x and y or 0 | return not x and y or 0",
      })
  void leavesOutWhatSeparatesNothing(String source, String compact) {
    assertThat(CompactLua.of(source)).isEqualTo(compact);
  }

  @Test
  void nameOfAField_isKept() {
    assertThat(CompactLua.of("local err = 1 local text = {err = err} return text.err, text"))
        .isEqualTo("local err=1 local a={err=err}return a.err,a");
    assertThat(CompactLua.of("local x = {a = 1, long = 2} local long = x.a"))
        .isEqualTo("local b={a=1,long=2}local long=b.a");
  }

  @Test
  void manyNames_areToldApart() {
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      source.append("local name").append(i).append(" = ").append(i).append('\n');
    }
    assertThat(CompactLua.of(source.toString()))
        .startsWith("local a=0 local b=1")
        .contains("local z=25 local aa=26 local ab=27")
        .contains("local ba=52")
        .endsWith("local bh=59");
  }
}
