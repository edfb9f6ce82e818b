package cn.plumbline.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import cn.plumbline.web.pages.Names.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Long lists are shown a slice at a time. */
class SliceTest {

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj("%05d"::formatted).toList();
    }

    private static Slice<String> after(String last, List<String> all) {
        return Slice.after(last, all, Function.identity());
    }

    @Test
    void aListThatFitsIsWhole() {
        Slice<String> slice = after("", ids(Slice.ROWS_MAX));
        assertThat(slice.rows()).hasSize(Slice.ROWS_MAX);
        assertThat(slice.whole()).isTrue();
    }

    @Test
    void theSlicesTogetherAreTheList() {
        List<String> all = ids(2 * Slice.ROWS_MAX + 1);
        List<String> seen = new ArrayList<>();
        String last = "";
        int slices = 0;
        while (last != null) {
            Slice<String> slice = after(last, all);
            assertThat(slice.rows()).hasSizeLessThanOrEqualTo(Slice.ROWS_MAX);
            assertThat(slice.begins()).isEqualTo(slices == 0);
            seen.addAll(slice.rows());
            last = slice.next();
            slices++;
        }
        assertThat(seen).isEqualTo(all);
        assertThat(slices).isEqualTo(3);
    }

    @Test
    void aLinkStillShowsWhatFollowsWhenItsIdHasGone() {
        assertThat(after("00001x", ids(4)).rows()).containsExactly("00002", "00003");
    }

    @Test
    void aSearchGoesOnInItsOwnOrder() {
        Map<String, Named> names = new TreeMap<>();
        for (String id : ids(Slice.ROWS_MAX)) {
            names.put("unit:" + id, new Named("unit", id, "某甲局" + id));
            names.put("group:" + id, new Named("group", id, "甲组" + id));
        }
        names.put("unit:甲", new Named("unit", "甲", "甲"));
        Names book = new Names(1, names);
        Slice<Named> first = book.slice("", "甲", "");
        assertThat(first.rows().getFirst().id()).isEqualTo("甲");
        Slice<Named> second = book.slice("", "甲", String.valueOf(first.next()));
        Slice<Named> third = book.slice("", "甲", String.valueOf(second.next()));
        List<Named> all = new ArrayList<>(first.rows());
        all.addAll(second.rows());
        all.addAll(third.rows());
        assertThat(all).doesNotHaveDuplicates().hasSize(names.size());
        assertThat(third.next()).isNull();
        assertThat(book.slice("group", "", "").rows()).extracting(Named::key).containsOnly("group");
    }

    @Test
    void theFiguresOfTheMapAreThoseOfTheWholeList() {
        ObjectNode answer =
                EventJson.mapper().createObjectNode().put("total", 150).put("covered", 0);
        for (String id : ids(150)) {
            answer.withArray("blindSpots").addObject().put("unitId", id).put("name", id);
        }
        Texts texts = new Texts(new PagesConfiguration().messageSource(), Language.ZH);
        CoverageModel.Map map = CoverageModel.of(answer, "", "00099", texts);
        assertThat(map.blind()).isEqualTo(150);
        assertThat(map.blindSpots().rows()).hasSize(50);
        assertThat(map.matrix().rows()).extracting(CoverageMatrix.Row::total).containsExactly(150);
    }

    @Test
    void theDirectoryGoesOnAfterTheCursorOfItsView() {
        Texts texts = new Texts(new PagesConfiguration().messageSource(), Language.ZH);
        ObjectNode answer =
                EventJson.mapper().createObjectNode().put("groupCount", 300).put("next", "group:G");
        answer.withArray("groups").addObject().put("id", "G").put("name", "甲组").put("kind", "STANDALONE");
        GroupModel.Directory directory = GroupModel.directory(answer, false, texts);
        assertThat(directory.groups()).isEqualTo(300);
        assertThat(directory.list().next()).isEqualTo("group:G");
        assertThat(directory.list().begins()).isFalse();
    }
}
