package cn.plumbline.journal.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

    private static final String PROOF = "A".repeat(43) + "=";

    private final Secret secret = Secret.random();
    private final Authentication authentication = new Authentication(secret);

    @Test
    void answersTheFirstMessageWithALongerNonce() {
        assertThat(authentication.begin(bytes("n,,n=plumbline,r=abc")).map(AuthenticationTest::text))
                .hasValueSatisfying(answer -> assertThat(answer).matches("r=abc[^,]{43},s=[^,]{44},i=4096"));
    }

    @Test
    void refusesWhatIsNoFirstMessage() {
        assertThat(authentication.begin(bytes(""))).isEmpty();
        assertThat(authentication.begin(bytes("y,,n=plumbline,r=abc"))).isEmpty();
        assertThat(authentication.begin(bytes("n,,n=plumbline,r="))).isEmpty();
    }

    @Test
    void refusesALastMessageBeforeTheFirst() {
        assertThat(authentication.finish(bytes("c=biws,r=,p=" + PROOF))).isEmpty();
        assertThat(authentication.finish(bytes("c=biws,r=abc,p=" + PROOF))).isEmpty();
    }

    @Test
    void refusesAProofOfAnotherSecretAndThenEveryOther() {
        String nonce = nonce();
        assertThat(authentication.finish(bytes("c=biws,r=" + nonce + ",p=" + PROOF)))
                .isEmpty();
        assertThat(authentication.finish(bytes("c=biws,r=" + nonce + ",p=" + PROOF)))
                .isEmpty();
    }

    @Test
    void refusesAProofForAnotherNonce() {
        assertThat(authentication.finish(bytes("c=biws,r=" + nonce() + "x,p=" + PROOF)))
                .isEmpty();
        assertThat(authentication.finish(bytes("c=biws,r=" + nonce() + ",p="))).isEmpty();
    }

    @Test
    void refusesAProofThatIsNoBase64OrTooShort() {
        assertThat(authentication.finish(bytes("c=biws,r=" + nonce() + ",p=A"))).isEmpty();
        assertThat(authentication.finish(bytes("c=biws,r=" + nonce() + ",p=AA==")))
                .isEmpty();
    }

    private String nonce() {
        String answer = text(authentication.begin(bytes("n,,n=plumbline,r=abc")).orElseThrow());
        return answer.substring(2, answer.indexOf(','));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
