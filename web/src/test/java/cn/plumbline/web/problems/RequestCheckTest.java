package cn.plumbline.web.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target is taken when its bytes are UTF-8, and its letters are encoded. */
class RequestCheckTest {

    /** As the codec hands it over: a character for each byte. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/events?after=1&tag=unit:002",
                "/api/records/unit:%E5%8D%95%e4%bd%8d/history",
                "/a%20b%2Fc",
                "/%F0%A0%AE%B7",
            })
    void whatIsEncodedStaysAsItIs(String target) {
        assertThat(RequestCheck.encoded(target)).isEqualTo(target);
    }

    @Test
    void lettersAreEncoded() {
        assertThat(RequestCheck.encoded(bytes("/单?organ=位 "))).isEqualTo("/%E5%8D%95?organ=%E4%BD%8D ");
    }

    @Test
    void aLetterOfWhichHalfIsEncodedIsOne() {
        assertThat(RequestCheck.encoded("/%E5\u008D\u0095")).isEqualTo("/%E5%8D%95");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%c0%ae/",
                "/%ff",
                "/%E5%8D",
                "/%ed%a0%80",
                "/%f5%80%80%80",
                "/%",
                "/%z",
                "/%zz",
                "/%1",
                "/%-1",
                "/%+1",
                "/\u00ff",
                "/\u00e5\u008d"
            })
    void whatIsNotUtf8IsNot(String target) {
        assertThat(RequestCheck.encoded(target)).isNull();
    }
}
