package io.souverix.twin.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the fleet does in a day, as the service would hear it.
final class LifeTest {
    private static final List<Told> TOLD = Told.all(Scenario.of(600, 23));

    private static List<Told> of(String type) {
        return TOLD.stream().filter(told -> told.is(type)).toList();
    }

    @Test
    void a_lost_zone_loses_its_nodes_together_and_says_when_they_will_be_back() {
        Map<String, List<Told>> byPromise =
                of("connection_lost").stream()
                        .filter(told -> told.field("reason").equals("zone_link_down"))
                        .collect(Collectors.groupingBy(told -> told.field("return_eta")));
        List<Told> together =
                byPromise.values().stream()
                        .max((a, b) -> Integer.compare(a.size(), b.size()))
                        .orElseThrow();
        assertThat(together.size()).isGreaterThan(5);
        assertThat(
                        Duration.between(
                                together.getFirst().timestamp(), together.getLast().timestamp()))
                .isLessThan(Duration.ofMinutes(1));
        assertThat(Instant.parse(together.getFirst().field("return_eta")))
                .isAfter(together.getFirst().timestamp());
    }

    private record Replay(Told started, Set<String> ids) {}

    @Test
    void a_returning_node_replays_as_many_events_as_it_announced() {
        Map<String, Replay> replays = new HashMap<>();
        int completed = 0;
        for (Told told : TOLD) {
            if (told.is("replay_started")) {
                replays.put(told.subject(), new Replay(told, new HashSet<>()));
            }
            Replay replay = replays.get(told.subject());
            if (replay == null) {
                continue;
            }
            if (told.id().startsWith("bkl-")) {
                replay.ids.add(told.id());
                assertThat(told.timestamp()).isBefore(replay.started.timestamp());
            } else if (told.is("replay_completed")) {
                String total = replay.started.field("total");
                assertThat(told.field("processed")).isEqualTo(total);
                assertThat(replay.ids).hasSize(Integer.parseInt(total));
                completed++;
            }
        }
        assertThat(completed).isGreaterThan(100);
    }

    @Test
    void two_masters_claim_one_epoch_until_a_higher_one_settles_it() {
        Map<String, Set<String>> masters = new HashMap<>();
        Map<String, Long> highest = new HashMap<>();
        for (Told told : of("authority_claimed")) {
            String region = told.subject();
            masters.computeIfAbsent(region + "@" + told.epoch(), _ -> new HashSet<>())
                    .add(told.field("master"));
            highest.merge(region, told.epoch(), Math::max);
        }
        int settled = 0;
        for (Map.Entry<String, Set<String>> term : masters.entrySet()) {
            String[] parts = term.getKey().split("@");
            boolean later = highest.getOrDefault(parts[0], 0L) > Long.parseLong(parts[1]);
            assertThat(term.getValue()).hasSizeLessThanOrEqualTo(2);
            settled += term.getValue().size() == 2 && later ? 1 : 0;
        }
        assertThat(settled).isPositive();
    }

    @Test
    void masters_of_one_epoch_want_different_things_of_the_same_node() {
        Map<String, Set<String>> wanted = new HashMap<>();
        for (Told told : of("desired_state_changed")) {
            if (told.event().toString().contains("policy.declared_by")) {
                wanted.computeIfAbsent(told.subject() + "@" + told.epoch(), _ -> new HashSet<>())
                        .add(told.field("config_changes"));
            }
        }
        assertThat(wanted.values()).isNotEmpty().allMatch(values -> values.size() == 2);
    }

    @Test
    void campaigns_run_in_waves_and_most_updates_succeed() {
        Set<String> waves =
                of("update_initiated").stream()
                        .map(told -> told.field("wave"))
                        .collect(Collectors.toSet());
        assertThat(waves).contains("1", "2", "3");
        int initiated = of("update_initiated").size();
        int completed = of("update_completed").size();
        int failed = of("update_failed").size();
        assertThat(completed).isGreaterThan(initiated * 7 / 10);
        assertThat(failed).isBetween(1, initiated / 5);
        assertThat(completed + failed).isLessThan(initiated + of("event_annulled").size());
    }

    @Test
    void an_annulment_names_an_event_that_was_told() {
        Set<String> told =
                TOLD.stream()
                        .map(one -> one.subject() + " " + one.id() + " " + one.timestamp())
                        .collect(Collectors.toSet());
        List<Told> annulments = of("event_annulled");
        assertThat(annulments).isNotEmpty();
        for (Told annulment : annulments) {
            Instant when = Instant.parse(annulment.field("event_timestamp"));
            assertThat(told)
                    .contains(annulment.subject() + " " + annulment.field("event_id") + " " + when);
        }
    }

    @Test
    void edges_dangle_and_cross_trust_domains_now_and_then() {
        Map<String, String> domains = new HashMap<>();
        for (Told told : TOLD) {
            if (!told.field("trust_domain").isEmpty()) {
                domains.put(told.subject(), told.field("trust_domain"));
            }
        }
        List<Told> edges = of("relationship_added");
        assertThat(edges).anyMatch(edge -> !domains.containsKey(edge.field("to")));
        assertThat(edges)
                .filteredOn(edge -> domains.containsKey(edge.field("to")))
                .anyMatch(edge ->
                        !Objects.equals(
                                domains.get(edge.subject()), domains.get(edge.field("to"))));
        assertThat(edges).noneMatch(edge -> edge.field("to").equals(edge.subject()));
    }

    @Test
    void configurations_are_removed_by_null_and_written_with_escaped_dots() {
        List<String> changes = new ArrayList<>();
        for (Told told : TOLD) {
            if (told.payload().containsKey("config_changes")) {
                changes.add(told.event().toString());
            }
        }
        assertThat(changes)
                .anyMatch(line -> line.contains(":null"))
                .anyMatch(line -> line.contains("dns.hosts.ims\\\\.mnc001\\\\.mcc208"));
    }

    @Test
    void nodes_of_one_bundle_report_equal_configurations() {
        Map<String, Long> configurations =
                of("actual_state_reported").stream()
                        .filter(told -> told.payload().containsKey("config"))
                        .collect(
                                Collectors.groupingBy(
                                        t -> t.field("config"), Collectors.counting()));
        long reports = configurations.values().stream().mapToLong(Long::longValue).sum();
        assertThat(configurations.size()).isLessThan((int) (reports / 10));
    }

    @Test
    void a_fleet_does_not_die_out() {
        Scenario weeks = Scenario.of(60, 5).lasting(Duration.ofDays(21));
        Instant lastDay = weeks.start().plus(Duration.ofDays(20));
        Set<String> speaking = new HashSet<>();
        for (Told told : Told.all(weeks)) {
            if (told.is("attestation_performed") && told.timestamp().isAfter(lastDay)) {
                speaking.add(told.subject());
            }
        }
        assertThat(speaking).hasSizeGreaterThan(50);
    }

    @Test
    void every_rare_thing_happens_in_a_day() {
        assertOccurs(told -> told.envelope().containsKey("sequence"));
        assertOccurs(told -> told.id().startsWith("reused-"));
        assertOccurs(told -> told.field("reason").equals("manager_restarted"));
        assertOccurs(told -> told.event().toString().contains("\"known_exploited\":true"));
        assertOccurs(told -> told.event().toString().contains("log4j-core@2.14.1"));
        assertOccurs(told -> told.event().toString().contains("+01:00"));
        assertOccurs(told -> told.is("x_operator_note") && told.field("text").contains("\n→"));
        assertOccurs(
                told -> told.is("attestation_performed") && told.field("result").equals("failed"));
        assertOccurs(
                told -> told.is("trust_chain_validated") && told.field("result").equals("invalid"));
    }

    private static void assertOccurs(Predicate<Told> rare) {
        assertThat(TOLD).anyMatch(rare);
    }
}
