package io.regionsnap.app.sample;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Writes one document of an exact size: a skeleton with empty lists, then items while they fit,
 * then narrative, and at last as many plain characters as are missing.
 */
final class SampleDocument {
  /** The lists that are filled, in the order in which they are. */
  private enum Part {
    PRESSURES(4),
    ACTORS(4),
    SCENARIO_SETS(3),
    DORMANT_TRIGGERS(4),
    BUFFERS(2),
    AIRSPACE(1),
    EVIDENCE(Integer.MAX_VALUE);

    private final int most;

    Part(int most) {
      this.most = most;
    }
  }

  /** Room that is left for narrative, as a share of the whole. */
  private static final int NARRATIVE_SHARE = 5;

  private static final String FILLER = " Further movement is expected and will be reported here.";
  private static final List<String> PARAGRAPHS =
      List.of("situation", "balance_assessment", "outlook_24h", "outlook_7d", "outlook_30d");

  private final Vocabulary.RegionWords words;
  private final long generatedAtMillis;
  private final String id;
  private final String reason;
  private final Random random;
  private final Map<Part, StringBuilder> parts = new EnumMap<>(Part.class);
  private final StringBuilder[] paragraphs = new StringBuilder[PARAGRAPHS.size()];

  SampleDocument(
      Vocabulary.RegionWords words,
      long generatedAtMillis,
      String id,
      String reason,
      Random random) {
    this.words = words;
    this.generatedAtMillis = generatedAtMillis;
    this.id = id;
    this.reason = reason;
    this.random = random;
    for (int i = 0; i < paragraphs.length; i++) {
      paragraphs[i] = new StringBuilder();
    }
  }

  /** The document; its size is exact if it is {@link SampleSeries#MIN_SIZE} or more. */
  String write(int size) {
    String head = head();
    String balance = balance();
    int missing = size - bytes(render(head, balance));
    missing = addItems(missing, missing / NARRATIVE_SHARE);
    missing = addSentences(missing);
    paragraphs[paragraphs.length - 1].append(filler(missing));
    return render(head, balance);
  }

  private int addItems(int missing, int reserved) {
    int left = missing;
    for (Part part : Part.values()) {
      StringBuilder items = items(part);
      for (int n = 0; n < part.most; n++) {
        String item = (items.isEmpty() ? "" : ",") + item(part, n);
        if (bytes(item) > left - reserved) {
          break;
        }
        items.append(item);
        left -= bytes(item);
      }
    }
    return left;
  }

  private StringBuilder items(Part part) {
    return parts.computeIfAbsent(part, empty -> new StringBuilder());
  }

  private int addSentences(int missing) {
    int left = missing;
    for (int n = 0; true; n++) {
      StringBuilder paragraph = paragraphs[n % paragraphs.length];
      String sentence = (paragraph.isEmpty() ? "" : " ") + pick(Vocabulary.SENTENCES);
      if (bytes(sentence) > left) {
        return left;
      }
      paragraph.append(sentence);
      left -= bytes(sentence);
    }
  }

  private static String filler(int bytes) {
    return FILLER.repeat(bytes / FILLER.length() + 1).substring(0, bytes);
  }

  private String item(Part part, int n) {
    return switch (part) {
      case PRESSURES -> influence("pressure");
      case BUFFERS -> influence("buffer");
      case ACTORS -> actor(words.actors().get(n % words.actors().size()));
      case SCENARIO_SETS -> scenarioSet(Vocabulary.HORIZONS.get(n));
      case DORMANT_TRIGGERS -> trigger(n);
      case AIRSPACE -> airspace();
      case EVIDENCE -> evidence(n);
    };
  }

  private String influence(String orientation) {
    return "{\"axis\":\"%s\",\"description\":\"%d %s readings above their monthly mean\",\"magnitude\":%s,\"evidence_ids\":[\"%s\"],\"orientation\":\"%s\"}"
        .formatted(
            pick(Vocabulary.AXES),
            2 + random.nextInt(20),
            pick(Vocabulary.SIGNALS),
            share(),
            evidenceId(random.nextInt(8)),
            orientation);
  }

  private String actor(String name) {
    return "{\"actor_id\":\"%s\",\"name\":\"%s\",\"role\":\"%s\",\"leverage_domains\":[\"economic\",\"maritime\"],\"leverage_score\":%s,\"delta\":0,\"evidence_ids\":[\"%s\"]}"
        .formatted(slug(name), name, pick(Vocabulary.ROLES), share(), evidenceId(0));
  }

  private String scenarioSet(String horizon) {
    StringBuilder lanes = new StringBuilder();
    for (String lane : Vocabulary.LANES) {
      lanes
          .append(lanes.isEmpty() ? "" : ",")
          .append(
              "{\"name\":\"%s\",\"probability\":%s,\"trigger_ids\":[],\"consequences\":[],\"transmissions\":[]}"
                  .formatted(lane, share()));
    }
    return "{\"horizon\":\"%s\",\"lanes\":[%s]}".formatted(horizon, lanes);
  }

  private String trigger(int n) {
    return "{\"id\":\"%s_%d\",\"description\":\"%s leaves its usual range\",\"threshold\":{\"metric\":\"%s\",\"operator\":\"delta_gt\",\"value\":%d,\"window_minutes\":1440,\"baseline\":\"trailing_7d\"},\"activated\":false,\"activated_at\":0,\"scenario_lane\":\"%s\",\"evidence_ids\":[]}"
        .formatted(
            slug(pick(Vocabulary.SIGNALS)).replace('-', '_'),
            n,
            pick(Vocabulary.SIGNALS),
            pick(Vocabulary.AXES),
            5 + random.nextInt(40),
            pick(Vocabulary.LANES));
  }

  private String airspace() {
    return "{\"airspace_id\":\"fir:%s\",\"status\":\"open\",\"reason\":\"\"}"
        .formatted(slug(pick(words.places())));
  }

  private String evidence(int n) {
    String signal = pick(Vocabulary.SIGNALS);
    String place = pick(words.places());
    return "{\"id\":\"%s\",\"type\":\"market_signal\",\"source\":\"cross-source\",\"summary\":\"%s at %s: %d.%d times its baseline over the past day\",\"confidence\":%s,\"observed_at\":%d,\"theater\":\"%s\",\"corridor\":\"\"}"
        .formatted(
            evidenceId(n),
            signal,
            place,
            1 + random.nextInt(5),
            random.nextInt(10),
            share(),
            generatedAtMillis - 1000L * random.nextInt(86_400),
            place);
  }

  private String evidenceId(int n) {
    return "signal:%s-%d".formatted(words.id(), n);
  }

  private String head() {
    return "{\"region_id\":\"%s\",\"generated_at\":%d,\"meta\":{\"snapshot_id\":\"%s\",\"model_version\":\"0.1.0\",\"scoring_version\":\"1.0.0\",\"geography_version\":\"1.0.0\",\"snapshot_confidence\":%s,\"missing_inputs\":[],\"stale_inputs\":[],\"valid_until\":%d,\"trigger_reason\":\"%s\",\"narrative_provider\":\"sample\",\"narrative_model\":\"\"},\"regime\":{\"label\":\"%s\",\"previous_label\":\"calm\",\"transitioned_at\":0,\"transition_driver\":\"\"}"
        .formatted(
            words.id(),
            generatedAtMillis,
            id,
            share(),
            generatedAtMillis + 21_600_000,
            reason,
            pick(Vocabulary.REGIMES));
  }

  private String balance() {
    StringBuilder balance = new StringBuilder();
    for (String axis : Vocabulary.AXES) {
      balance.append("\"%s\":%s,".formatted(axis, share()));
    }
    return balance.append("\"net_balance\":").append(share()).toString();
  }

  private String render(String head, String balance) {
    return head
        + ",\"balance\":{" + balance
        + ",\"pressures\":[" + items(Part.PRESSURES)
        + "],\"buffers\":[" + items(Part.BUFFERS)
        + "]},\"actors\":[" + items(Part.ACTORS)
        + "],\"leverage_edges\":[],\"scenario_sets\":[" + items(Part.SCENARIO_SETS)
        + "],\"transmission_paths\":[],\"triggers\":{\"active\":[],\"watching\":[],\"dormant\":["
        + items(Part.DORMANT_TRIGGERS)
        + "]},\"mobility\":{\"airspace\":[" + items(Part.AIRSPACE)
        + "],\"flight_corridors\":[],\"airports\":[],\"reroute_intensity\":0,\"notam_closures\":[]}"
        + ",\"evidence\":[" + items(Part.EVIDENCE)
        + "],\"narrative\":{" + narrative() + "\"watch_items\":[]}}";
  }

  private String narrative() {
    StringBuilder narrative = new StringBuilder();
    for (int i = 0; i < paragraphs.length; i++) {
      narrative.append("\"%s\":{\"text\":\"%s\",\"evidence_ids\":[]},"
          .formatted(PARAGRAPHS.get(i), paragraphs[i]));
    }
    return narrative.toString();
  }

  private String share() {
    return "0.%03d".formatted(random.nextInt(1000));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String slug(String name) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
