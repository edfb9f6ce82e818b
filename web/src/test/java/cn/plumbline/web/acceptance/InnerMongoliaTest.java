package cn.plumbline.web.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;

/** The reform of Inner Mongolia in 2015, loaded as a sample at the start, asked over HTTP. */
@ExtendWith(SharedHouse.class)
class InnerMongoliaTest {

    static final String BEFORE = "2014-12-31";
    static final String AFTER = "2015-12-30";

    private final House house;
    private final Caller clerk;
    private final Caller auditor;

    InnerMongoliaTest(House house) {
        this.house = house;
        this.clerk = house.as("clerk");
        this.auditor = house.as("auditor");
    }

    private JsonNode view(String view, String asOf, String... more) {
        Map<String, String> parameters = new HashMap<>(Map.of("organ", Bodies.ORGAN, "asOf", asOf));
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        return house.as("dashboard").view(view, house.head(), parameters);
    }

    /** The sample's own events of a type; other tests record beside it. */
    private List<JsonNode> events(String type) {
        List<JsonNode> events = new ArrayList<>();
        house.as("integrator")
                .get("/api/events?limit=1000&type={type}", type)
                .ok()
                .json()
                .forEach(events::add);
        events.removeIf(event -> !event.path("actor").asString("").equals("sample"));
        return events;
    }

    /** Groups, units and committees by kind. */
    static void assertComplete(JsonNode map) {
        assertThat(map.path("total").asInt()).isEqualTo(84);
        assertThat(map.path("covered").asInt()).isEqualTo(84);
        assertThat(map.path("rate").decimalValue()).isEqualByComparingTo("100.00");
        assertThat(map.path("blindSpots")).isEmpty();
        assertThat(map.path("byKind"))
                .extracting(InnerMongoliaTest::kind)
                .containsExactly("STANDALONE 19/19", "GROUPED 17/64", "PLAQUE 1/1");
    }

    static void assertBefore(JsonNode map) {
        assertThat(map.path("total").asInt()).isEqualTo(84);
        assertThat(map.path("covered").asInt()).isEqualTo(44);
        assertThat(map.path("rate").decimalValue()).isEqualByComparingTo("52.38");
        assertThat(map.path("blindSpots"))
                .hasSize(40)
                .extracting(spot -> spot.path("unitId").asString())
                .contains("001", "002", "003", "004", "005", "006", "007");
    }

    private static String kind(JsonNode count) {
        return "%s %d/%d"
                .formatted(
                        count.path("kind").asString(),
                        count.path("groups").asInt(),
                        count.path("units").asInt());
    }

    @Nested
    class TheCoverageMap {

        @Test
        void hasFortyBlindSpotsBeforeTheReform() {
            JsonNode map = view("coverage-map", BEFORE);
            assertBefore(map);
            assertThat(map.path("byKind")).extracting(InnerMongoliaTest::kind).containsExactly("LEGACY 0/44");
            assertThat(map.path("view").asString()).isEqualTo("coverage-map");
            assertThat(map.path("asOf").asString()).isEqualTo(BEFORE);
            assertThat(map.path("position").asLong()).isPositive();
            assertThat(map.path("blindSpots"))
                    .allSatisfy(
                            spot -> assertThat(spot.path("since").asString()).isEqualTo("2012-11-01"));
        }

        @Test
        void isCompleteAfterIt() {
            assertComplete(view("coverage-map", AFTER));
        }

        @Test
        void comparesTheTwo() {
            JsonNode map = view("coverage-map", AFTER, "comparedTo", BEFORE);
            assertThat(map.path("newlyCovered")).hasSize(40);
            assertThat(map.path("movedFromLegacy")).hasSize(44);
            assertThat(map.path("lapsed")).isEmpty();
        }

        @Test
        void knowsNothingOfTheReformBeforeItWasRecorded() {
            long before = events("dispatch.DispatchGroupEstablished")
                            .getFirst()
                            .path("position")
                            .asLong()
                    - 1;
            // Lines that cannot touch each other run together, so not every unit need be imported by then.
            assertThat(view("coverage-map", AFTER, "knownAt", Long.toString(before))
                            .path("byKind"))
                    .isNotEmpty()
                    .allMatch(kind -> kind.path("kind").asString("").equals("LEGACY"));
            assertThat(view("coverage-map", AFTER, "knownAt", "0").path("total").asInt())
                    .isZero();
        }

        @Test
        void ofADayWithoutABaseHasNoRate() {
            JsonNode map = view("coverage-map", "2012-10-31");
            assertThat(map.path("total").asInt()).isZero();
            assertThat(map.has("rate")).isTrue();
            assertThat(map.path("rate").isNull()).isTrue();
        }
    }

    @Nested
    class TheDirectory {

        @Test
        void has36GroupsAndOneCommittee() {
            JsonNode directory = view("group-directory", AFTER, "limit", "1000");
            assertThat(directory.path("groupCount").asInt()).isEqualTo(36);
            assertThat(directory.path("committeeCount").asInt()).isEqualTo(1);
            assertThat(directory.path("groups")).hasSize(36);
        }

        @Test
        void has36HeadsOfWhom7AreNew() {
            JsonNode directory = view("group-directory", AFTER);
            assertThat(directory.path("heads").asInt()).isEqualTo(36);
            assertThat(directory.path("newHeads").asInt()).isEqualTo(7);
            assertThat(directory.path("vacancies").asInt()).isZero();
        }

        @Test
        void leadsFromPageToPageByLinksThatAreTakenAsTheyAre() {
            int groups = 0;
            String path =
                    "/api/views/group-directory?organ=%E8%87%AA%E6%B2%BB%E5%8C%BA%E7%BA%AA%E5%A7%94&limit=10&asOf="
                            + AFTER;
            while (path != null) {
                EntityExchangeResult<byte[]> page = house.as("clerk")
                        .client()
                        .get()
                        .uri(URI.create("http://127.0.0.1:" + house.port() + path))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(byte[].class)
                        .returnResult();
                groups += EventJson.mapper()
                        .readTree(page.getResponseBody())
                        .path("groups")
                        .size();
                String link = page.getResponseHeaders().getFirst("Link");
                path = link == null ? null : link.substring(1, link.indexOf('>'));
            }
            assertThat(groups).isEqualTo(36);
        }

        @Test
        void hasGroupedOnesOfFourAndOfThreeUnits() {
            Map<Integer, Integer> sizes = new HashMap<>();
            for (JsonNode group :
                    view("group-directory", AFTER, "limit", "1000").path("groups")) {
                if (group.path("kind").asString().equals("GROUPED")) {
                    sizes.merge(group.path("units").size(), 1, Integer::sum);
                }
            }
            assertThat(sizes).containsOnly(Map.entry(4, 13), Map.entry(3, 4));
        }
    }

    @Nested
    class TheEvents {

        @Test
        void are128StartsAnd44EndsOfCoverage() {
            assertThat(events("dispatch.UnitCoverageStarted")).hasSize(128);
            assertThat(events("dispatch.UnitCoverageEnded")).hasSize(44);
            assertThat(events("dispatch.DispatchGroupEstablished")).hasSize(36);
        }

        @Test
        void areRecordedByTheSampleItself() {
            assertThat(events("dispatch.UnitCoverageEnded")).isNotEmpty();
        }

        @Test
        void tellTheHistoryOfAUnit() {
            JsonNode entries = auditor.get("/api/records/{tag}/history", "unit:009")
                    .ok()
                    .json()
                    .path("entries");
            assertThat(entries)
                    .extracting(entry -> entry.path("type").asString())
                    .containsSubsequence(
                            "orgregistry.UnitRegistered",
                            "dispatch.UnitCoverageStarted",
                            "dispatch.UnitCoverageEnded",
                            "dispatch.UnitCoverageStarted");
            assertThat(entries).allSatisfy(entry -> {
                assertThat(entry.path("leafHash").asString()).matches("[0-9a-f]{64}");
                assertThat(entry.path("action").path("zh").asString()).isNotBlank();
                assertThat(entry.path("action").path("en").asString()).isNotBlank();
            });
        }
    }

    @Nested
    class TheRules {

        private JsonNode refused(String command, Map<String, Object> body, String code) {
            long head = house.head();
            long attempts = house.attempts();
            JsonNode problem = clerk.command(command, body).problem(422, code).json();
            assertThat(problem.path("rejections").get(0).path("code").asString())
                    .isEqualTo(code);
            assertThat(problem.path("commandId").asString()).isNotBlank();
            assertThat(house.head()).isEqualTo(head);
            assertThat(house.attempts()).isEqualTo(attempts + 1);
            return problem;
        }

        @Test
        void letAStandaloneGroupCoverOneUnitOnly() {
            JsonNode problem = refused(
                    "EstablishDispatchGroup",
                    Bodies.group("两家", "STANDALONE", List.of("012", "013")),
                    "STANDALONE_ONE_UNIT");
            assertThat(problem.path("rejections"))
                    .extracting(rejection -> rejection.path("code").asString())
                    .contains("UNIT_ALREADY_COVERED");
        }

        @Test
        void letNoUnitHaveTwoGroups() {
            JsonNode problem = refused("AddUnitToGroup", Bodies.addToGroup("派驻-049", "002"), "UNIT_ALREADY_COVERED");
            assertThat(problem.path("existingGroupId").asString()).isEqualTo("派驻-002");
            assertThat(problem.path("conflictingPositions")).isNotEmpty();
        }

        @Test
        void knowTheTitlesOfTheOrgan() {
            refused("AppointGroupMember", Bodies.appoint("派驻-049", "人员-901", "书记"), "TITLE_NOT_STANDARD");
        }

        @Test
        void keepHeadsFromBusiness() {
            String head = view("group-directory", "2016-01-01", "group", "派驻-049")
                    .path("groups")
                    .get(0)
                    .path("head")
                    .path("personId")
                    .asString();
            refused("RecordHeadDuty", Bodies.duty(head, "049"), "HEAD_HAS_BUSINESS_DUTY");
        }

        @Test
        void keepNamesStandard() {
            Map<String, Object> group = Bodies.group("命名", "STANDALONE", List.of("012"));
            refused("EstablishDispatchGroup", Bodies.and(group, "name", "驻某厅监察处"), "NAME_NOT_STANDARD");
        }

        @Test
        void rememberWhatTheyRefused() {
            refused("AppointGroupMember", Bodies.appoint("派驻-050", "人员-902", "书记"), "GROUP_NOT_FOUND");
            JsonNode last = auditor.get("/api/attempts?after={after}", house.attempts() - 1)
                    .ok()
                    .json()
                    .get(0);
            assertThat(last.path("commandName").asString()).isEqualTo("AppointGroupMember");
            assertThat(last.path("actor").asString()).isEqualTo("clerk");
            assertThat(last.path("rejections").get(0).path("code").asString()).isEqualTo("GROUP_NOT_FOUND");
        }
    }
}
