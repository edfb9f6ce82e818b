package cn.plumbline.events;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.OrgRegistryEvent.AreaProfileRecorded;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SchemasTest {

    @Test
    void fieldsAreRequiredUnlessTheyMayBeAbsent() {
        JsonNode schema = Schemas.of(UnitCoverageStarted.class);
        assertThat(schema.get("$schema").asString()).contains("2020-12");
        assertThat(schema.get("required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("unitId", "organId", "kind", "effectiveFrom");
        assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
    }

    @Test
    void idsDatesAndCodeListsSayWhatTheyAre() {
        JsonNode properties = Schemas.of(UnitCoverageStarted.class).get("properties");
        assertThat(properties.at("/unitId/x-id").asString()).isEqualTo("unit");
        assertThat(properties.at("/unitId/pattern").asString()).isEqualTo(Id.PATTERN);
        assertThat(properties.at("/effectiveFrom/format").asString()).isEqualTo("date");
        assertThat(properties.at("/kind/x-labels/LEGACY/zh").asString()).isEqualTo("原有覆盖");
        assertThat(properties.at("/unitId/x-title/zh").asString()).isEqualTo("单位");
    }

    @Test
    void listsAndPartsAreBounded() {
        JsonNode base = Schemas.of(CoverageBaseSet.class).get("properties");
        assertThat(base.at("/unitIds/maxItems").asInt()).isEqualTo(Schemas.LIST_ITEMS_MAX);
        assertThat(base.at("/unitIds/items/type").asString()).isEqualTo("string");
        JsonNode profile = Schemas.of(AreaProfileRecorded.class).get("properties");
        assertThat(profile.at("/partyBodies/properties/branches/type").asString())
                .isEqualTo("integer");
    }

    @Test
    void everyEventHasASchema() {
        for (EventDefinition definition : EventCatalogue.all()) {
            JsonNode schema = Schemas.of(definition.payload().asSubclass(Record.class));
            assertThat(schema.at("/properties").size()).as(definition.type()).isGreaterThan(0);
        }
        assertThat(Schemas.of(CorrectionEvent.RecordCorrected.class)
                        .at("/properties/changes/items/properties/new")
                        .isMissingNode())
                .isFalse();
    }
}
