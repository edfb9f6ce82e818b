package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    private static String canonical(String json) {
        return new String(CanonicalJson.of(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Nested
    class AValue {

        @Test
        void isWrittenAsTheStandardShowsIt() {
            assertThat(canonical("""
                    {
                      "numbers": [333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                      "literals": [null, true, false]
                    }
                    """))
                    .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                            + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        }

        @Test
        void hasItsNamesInOrderOfUtf16Units() {
            assertThat(canonical("""
                    {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh",
                    "1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin"}"""))
                    .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin\","
                            + "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\","
                            + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
        }

        @ParameterizedTest
        @CsvSource({
            "0,0",
            "-0,0",
            "-0.0,0",
            "10,10",
            "1.0,1",
            "1e2,100",
            "100e-2,1",
            "-1.50,-1.5",
            "9007199254740992,9007199254740992",
            "1e21,1e+21",
            "100000000000000000000,100000000000000000000",
            "1e-6,0.000001",
            "1e-7,1e-7",
            "5e-324,5e-324",
            "1.7976931348623157e308,1.7976931348623157e+308"
        })
        void hasNumbersAsEcmaScriptPrintsThem(String given, String expected) {
            assertThat(canonical(given)).isEqualTo(expected);
            assertThat(canonical("[" + given + "]")).isEqualTo("[" + expected + "]");
        }

        @Test
        void thatIsCanonicalIsNotCopied() {
            byte[] json =
                    "{\"a\":[1,-2.5,\"准绳 \\n😀\",{}],\"ab\":null,\"b\":{\"c\":true}}".getBytes(StandardCharsets.UTF_8);
            assertThat(CanonicalJson.of(json)).isSameAs(json);
        }
    }

    @Nested
    class AMistake {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "", " ", "nul", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "01",
                    "1.", ".5", "+1", "1e", "NaN", "Infinity", "1e400", "9007199254740993", "0.1234567890123456789",
                    "\"\\ud800\"", "{\"\\udc00\":1}", "\"\t\"", "{} {}", "1 2", "'a'", "{a:1}", "\"\\x\"", "// c\n1"
                })
        void isRefused(String json) {
            assertThatThrownBy(() -> canonical(json)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void ofEncodingIsRefused() {
            byte[][] broken = {
                {'"', (byte) 0xff, '"'},
                {'"', (byte) 0xc0, (byte) 0x80, '"'},
                {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
                {'"', (byte) 0xe2, (byte) 0x82, '"'},
                {'"', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
                {'"', (byte) 0x80, '"'},
            };
            for (byte[] json : broken) {
                assertThatThrownBy(() -> CanonicalJson.of(json)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Nested
    class RandomValues {

        @Test
        void areWrittenAsAnIndependentImplementationWritesThem() throws Exception {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (int i = 0; i < 5000; i++) {
                String json = "{\"v\":" + RandomJson.value(random, 4) + "}";
                String expected = new JsonCanonicalizer(json).getEncodedString();
                assertThat(canonical(json)).as("seed %d: %s", seed, json).isEqualTo(expected);
                byte[] canonical = expected.getBytes(StandardCharsets.UTF_8);
                assertThat(CanonicalJson.of(canonical)).isEqualTo(canonical);
            }
        }

        @Test
        void areFoundCanonicalOnlyIfTheyAre() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            int found = 0;
            for (int i = 0; i < 5000; i++) {
                byte[] json =
                        canonical("{\"v\":" + RandomJson.value(random, 3) + "}").getBytes(StandardCharsets.UTF_8);
                if (CanonicalScanner.isCanonical(json)) {
                    found++;
                }
                json[random.nextInt(json.length)] = (byte) random.nextInt(256);
                if (CanonicalScanner.isCanonical(json)) {
                    String text = new String(json, StandardCharsets.UTF_8);
                    Bytes spaced = new Bytes(json.length + 1);
                    spaced.put(' ');
                    spaced.put(json);
                    assertThat(CanonicalJson.of(spaced.toArray()))
                            .as("seed %d: %s", seed, text)
                            .isEqualTo(json);
                }
            }
            assertThat(found).isPositive();
        }
    }
}
