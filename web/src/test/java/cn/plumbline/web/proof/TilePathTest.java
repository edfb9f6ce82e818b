package cn.plumbline.web.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {

    @ParameterizedTest
    @CsvSource({
        "0/000, 0, 0, 256",
        "0/x001/067, 0, 1067, 256",
        "1/x001/x234/067, 1, 1234067, 256",
        "63/999, 63, 999, 256",
        "0/000.p/1, 0, 0, 1",
        "2/x001/000.p/255, 2, 1000, 255",
        "entries/x012/345.p/10, -1, 12345, 10",
    })
    void namesOneTile(String path, int level, long index, int width) {
        assertThat(TilePath.parse(path)).isEqualTo(new TilePath(level, index, width));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0/",
                "0/0",
                "0/00",
                "0/0000",
                "0/x000/067",
                "0/001/067",
                "0/x001",
                "0/x01/067",
                "00/000",
                "01/000",
                "64/000",
                "-1/000",
                "0/000.p/0",
                "0/000.p/01",
                "0/000.p/256",
                "0/000.p/",
                "0/000.p",
                "0/000/",
                "0/000.p/1/",
                "data/000",
                "entries",
                "0/x001/x002/x003/x004/x005/006",
                "0/０００"
            })
    void namesNone(String path) {
        assertThat(TilePath.parse(path)).isNull();
    }
}
