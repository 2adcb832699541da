package io.regionsnap.app.sample;

import java.util.List;

/** The words that samples are made of. All of it is invented. */
final class Vocabulary {
  /** The ways in which a snapshot comes about, the usual one first. */
  static final List<String> REASONS = List.of(
      "scheduled_6h", "regime_shift", "trigger_activation", "corridor_break", "leverage_shift");

  static final List<String> AXES = List.of(
      "coercive_pressure",
      "domestic_fragility",
      "capital_stress",
      "energy_vulnerability",
      "alliance_cohesion",
      "maritime_access",
      "energy_leverage");

  static final List<String> REGIMES =
      List.of("calm", "stressed_equilibrium", "coercive_stalemate", "managed_deescalation");

  static final List<String> LANES = List.of("base", "escalation", "containment", "fragmentation");
  static final List<String> HORIZONS = List.of("24h", "7d", "30d");
  static final List<String> ROLES = List.of("aggressor", "stabilizer", "broker", "swing");
  static final List<String> SIGNALS = List.of(
      "port queue",
      "freight rate",
      "cable fault",
      "border closure",
      "grid frequency",
      "bond spread",
      "rainfall deficit",
      "protest turnout");

  /** With letters from beyond ASCII, as narratives have them. */
  static final List<String> SENTENCES = List.of(
      "Insurers have widened their quotes for the second week – a sign of caution, not of alarm.",
      "Officials in Zürich and São Paulo compared notes on reserves; neither side named a figure.",
      "The ministry’s statement was brief: talks go on, “without haste and without pause”.",
      "Spot prices rose 4 % and fell back; the forward curve did not move at all.",
      "Ferries between Çeşme and Χίος run again, though with half of their usual crews.",
      "Field reports from Łódź to Đà Nẵng agree on one point — stocks are lower than declared.",
      "A pilot corridor (المرحلة الأولى) opens next month if both customs offices staff it.",
      "Rail freight took what the ports refused, at 1.3× the cost and twice the time.",
      "東部 grid operators asked for voluntary cuts; most large users complied within hours.");

  /**
   * What is particular to a region.
   *
   * @param id its name in keys
   * @param actors who acts there
   * @param places where things happen there
   */
  record RegionWords(String id, List<String> actors, List<String> places) {}

  static final List<RegionWords> REGIONS = List.of(
      new RegionWords(
          "mena",
          List.of("Gulf Ports Union", "Levant Grid Council", "Atlas Water Board", "Nile Forum"),
          List.of("Aqaba", "Jebel Dhanna", "Sfax", "Port Said")),
      new RegionWords(
          "east-asia",
          List.of("Straits Pilots", "Yellow Sea Fisheries", "Chip Makers Round Table"),
          List.of("Busan", "Kaohsiung", "Naha", "Qingdao")),
      new RegionWords(
          "europe",
          List.of("Danube Commission", "Baltic Cable Group", "Alpine Transit Office"),
          List.of("Constanța", "Gdańsk", "Trieste", "Malmö")),
      new RegionWords(
          "north-america",
          List.of("Great Lakes Carriers", "Gulf Refiners", "Western Grid Pool"),
          List.of("Halifax", "Galveston", "Manzanillo", "Duluth")),
      new RegionWords(
          "south-asia",
          List.of("Indus Water Panel", "Bay Shipping Agents", "Hill Districts Forum"),
          List.of("Chattogram", "Kochi", "Gwadar", "Trincomalee")),
      new RegionWords(
          "latam",
          List.of("Pampa Exporters", "Canal Pilots", "Andean Power Pool"),
          List.of("Santos", "Callao", "Colón", "Valparaíso")),
      new RegionWords(
          "sub-saharan-africa",
          List.of("Copper Belt Haulers", "Sahel Food Reserve", "Gulf of Guinea Patrol"),
          List.of("Mombasa", "Lobito", "Tema", "Durban")),
      new RegionWords(
          "global",
          List.of("Reinsurers Panel", "Grain Traders", "Orbit Registry", "Tanker Pool"),
          List.of("Singapore", "Rotterdam", "Panama", "Suez")));

  private Vocabulary() {}
}
