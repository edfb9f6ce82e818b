package cn.plumbline.query.dispatch;

import cn.plumbline.events.Level;
import cn.plumbline.events.Title;
import cn.plumbline.query.Documents;
import cn.plumbline.query.Projection;
import cn.plumbline.query.Row;
import cn.plumbline.query.Table;
import cn.plumbline.query.View;
import cn.plumbline.query.ViewDefinition;
import cn.plumbline.query.ViewRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The organs that can dispatch groups: what the other views are asked for (派出机关名录). */
public final class OrganDirectoryView implements View {

    /** The organs, one page of them. */
    public record OrganDirectory(int total, List<OrganRow> organs) {}

    /** The figure without the organs. */
    public record OrganTotals(int total) {}

    /** An organ. */
    public record OrganRow(
            @Title(zh = "机关编号", en = "Organ id") String organId,
            @Title(zh = "机关名称", en = "Organ") String name,
            @Title(zh = "层级", en = "Level") Level level,

            @Title(zh = "上级机关", en = "Parent organ") @Nullable
            String parentOrganId)
            implements Row {

        @Override
        public String key() {
            return organId;
        }
    }

    OrganDirectoryView() {}

    @Override
    public ViewDefinition definition() {
        return new ViewDefinition(
                "organ-directory",
                projection().version(),
                "派出机关名录",
                "Organ directory",
                List.of(),
                OrganDirectory.class,
                OrganRow.class,
                true,
                true,
                true);
    }

    @Override
    public Projection projection() {
        return GroupDirectoryView.PROJECTION;
    }

    @Override
    public Mono<Answer> answer(Documents documents, ViewRequest request) {
        return documents.load(Organs.TABLE, List.of(Table.ALL)).map(found -> {
            List<OrganRow> organs = new ArrayList<>();
            found.values()
                    .forEach(all -> all.organs()
                            .forEach((id, organ) ->
                                    organs.add(new OrganRow(id, organ.name(), organ.level(), organ.parent()))));
            Page<OrganRow> page = Page.of(organs, request);
            return new Answer(
                    new OrganDirectory(organs.size(), page.rows()),
                    new OrganTotals(organs.size()),
                    page.rows(),
                    page.next());
        });
    }
}
