import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Engine } from "../engine.ts";
import { quoteText } from "../imports/quoting.ts";
import { ARRIVALS, type Arrival } from "./arrivals.fixture.ts";
import { type ChannelRules, channelExpression, UNASSIGNED } from "./channel-rules.ts";
import { DEFAULT_CHANNEL_RULES } from "./default-rules.ts";
import { SITE_LISTS } from "./site-lists.ts";

let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-channels-"));
  engine = await Engine.open({ kind: "folder", path: folder });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const PARTS = { source: "s", medium: "m", campaign: "c", clickId: "k", referrer: "r" };

/** The channels that the engine gives to arrivals, in their order. */
async function channelsOf(rules: ChannelRules, arrivals: readonly Omit<Arrival, "channel">[]): Promise<string[]> {
  const rows = arrivals.map(
    ({ source = "", medium = "", campaign = "", clickId = "", referrer = "" }, i) =>
      `(${i}, ${[source, medium, campaign, clickId, referrer].map(quoteText).join(", ")})`,
  );
  const answer = (await engine.rows(
    "test",
    `SELECT ${channelExpression(rules, PARTS)} AS channel
     FROM values('i UInt32, s String, m String, c String, k String, r String', ${rows.join(", ")}) ORDER BY i`,
  )) as { channel: string }[];
  return answer.map(({ channel }) => channel);
}

describe("the default rules", () => {
  test("give real arrivals the channel that Google Analytics 4 gives them", async () => {
    expect(ARRIVALS.length).toBeGreaterThanOrEqual(60);
    const channels = await channelsOf(DEFAULT_CHANNEL_RULES, ARRIVALS);
    expect(ARRIVALS.map((arrival, i) => ({ ...arrival, channel: channels[i] }))).toEqual(ARRIVALS);
  });

  test("every channel that they name is reached by one of these arrivals", () => {
    const named = new Set(DEFAULT_CHANNEL_RULES.map(({ channel }) => channel));
    const reached = new Set(ARRIVALS.map(({ channel }) => channel));
    expect([...named].filter((channel) => !reached.has(channel))).toEqual([]);
  });

  test("case and spaces around never matter", async () => {
    const shouted = ARRIVALS.map(({ channel: _, clickId = "", ...parts }) => ({
      ...Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, ` ${text.toUpperCase()} `])),
      clickId: clickId.toUpperCase(),
    }));
    expect(await channelsOf(DEFAULT_CHANNEL_RULES, shouted)).toEqual(ARRIVALS.map(({ channel }) => channel));
  });

  test("a site stands on one list only, or the order of the rules would hide it", () => {
    const sites = Object.values(SITE_LISTS).flat();
    expect(sites.filter((site, i) => sites.indexOf(site) !== i)).toEqual([]);
  });
});

/** Arrivals and rules from a small alphabet, so that rules overlap; the same for the same seed. */
function worldOf(seed: number) {
  let state = seed;
  const below = (n: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % n;
  };
  const words = ["", "a", "b", "c", "(none)"];
  const word = () => words[below(words.length)]!;
  const names = ["source", "medium", "campaign"] as const;
  const rules = Array.from({ length: 1 + below(40) }, (_, i) => ({
    channel: `channel ${i % 7}`,
    all: Array.from({ length: 1 + below(3) }, () => {
      const part = names[below(3)]!;
      return [
        { part, is: [word(), word()] },
        { part, empty: below(2) === 0 },
        { part, matches: "^[ab]$" },
      ][below(3)]!;
    }),
  }));
  const arrivals = Array.from({ length: 50 }, () => ({ source: word(), medium: word(), campaign: word() }));
  return { rules, arrivals, below };
}
type World = ReturnType<typeof worldOf>;

function holds({ all }: World["rules"][number], arrival: World["arrivals"][number]): boolean {
  return all.every((condition) => {
    const text = arrival[condition.part];
    if ("is" in condition) return condition.is.includes(text);
    if ("matches" in condition) return /^[ab]$/.test(text);
    return ["", "(none)"].includes(text) === condition.empty;
  });
}

describe("any rules", () => {
  test("the first rule that holds wins, and every arrival gets a channel", async () => {
    let decided = 0;
    for (let seed = 1; seed <= 25; seed++) {
      const { rules, arrivals } = worldOf(seed);
      const expected = arrivals.map((arrival) => rules.find((rule) => holds(rule, arrival))?.channel ?? UNASSIGNED);
      expect(await channelsOf(rules, arrivals)).toEqual(expected);
      decided += expected.filter((channel) => channel !== UNASSIGNED).length;
    }
    expect(decided).toBeGreaterThan(300);
  });

  test("editing a rule changes only what it held for, before or after", async () => {
    let changed = 0;
    for (let seed = 1; seed <= 15; seed++) {
      const { rules, arrivals, below } = worldOf(seed);
      const edited = below(rules.length);
      const before = rules[edited]!;
      const after = { channel: "New", all: [{ part: "source", is: ["a"] } as const] };
      const [were, are] = await Promise.all([
        channelsOf(rules, arrivals),
        channelsOf(rules.with(edited, after as World["rules"][number]), arrivals),
      ]);
      for (const [i, arrival] of arrivals.entries()) {
        if (were[i] === are[i]) continue;
        changed++;
        expect(holds(before, arrival) || arrival.source === "a").toBe(true);
      }
    }
    expect(changed).toBeGreaterThan(30);
  });

  test("five hundred rules are told apart, and a text cannot leave its quotes", async () => {
    const rules = Array.from({ length: 500 }, (_, i) => ({
      channel: `it's ${i} \\`,
      all: [{ part: "campaign", is: [`') OR ('${i}`] } as const],
    }));
    expect(await channelsOf(rules, [{ campaign: "') OR ('0" }, { campaign: "') OR ('499" }, {}])).toEqual([
      "it's 0 \\",
      "it's 499 \\",
      UNASSIGNED,
    ]);
    expect(await channelsOf([], [{ source: "google" }])).toEqual([UNASSIGNED]);
  });

  test("an expression with capitals is found in small letters, and its classes keep their meaning", async () => {
    const rules: ChannelRules = [{ channel: "Brand", all: [{ part: "campaign", matches: "^FR\\D+Marque" }] }];
    expect(await channelsOf(rules, [{ campaign: "fr - marque 2026" }, { campaign: "FR1Marque" }])).toEqual([
      "Brand",
      UNASSIGNED,
    ]);
  });
});
