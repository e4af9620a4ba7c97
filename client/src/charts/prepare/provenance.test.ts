import type { Plan } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { type FigureTopic, prepareProvenance } from "./provenance.ts";
import { plan } from "./shop.fixture.ts";

const words = wordsIn("en");
const factsOf = (topic: FigureTopic, from: Plan = plan) =>
  Object.fromEntries(
    prepareProvenance(topic, "€1", from, words, "proved").facts.map(({ label, text }) => [label, text]),
  );

describe("where a figure comes from", () => {
  it("is the window of days for what is spent today", () => {
    const facts = factsOf({ of: "current", channel: "Search" });
    expect(Object.entries(facts).map(([label, text]) => `${label}: ${plainSpaces(text)}`)).toEqual([
      "Days of today’s spend: 3 – 30 Sept 2025",
    ]);
  });

  it("is the limit, the marginal returns, the curve and the proof for what is recommended", () => {
    expect(factsOf({ of: "recommended", channel: "Video" })).toMatchObject({
      "Stops at": "Video moves by 20% at most",
      "Next unit at today’s spend brings": "€0.80",
      "Each unit moved brings on average": "€0.85",
      Shapes: "Hill 100%",
      Draws: "200 curves drawn from what the data allow",
      Proof: "proved",
    });
  });

  it("says where a curve goes beyond what was seen, and where there is none", () => {
    expect(factsOf({ of: "marginal", channel: "Search" })["Beyond what was ever spent"]).toBeDefined();
    const [first, ...others] = plan.sources.channels;
    const without: Plan = {
      ...plan,
      sources: { ...plan.sources, channels: [{ ...first!, source: null, families: [], draws: 0 }, ...others] },
    };
    expect(factsOf({ of: "recommended", channel: "Video" }, without).Curve).toBe("no curve");
  });

  it("names the interval and the draws of a gain, and the limit of a price", () => {
    expect(factsOf({ of: "gain" })["Interval of the gain"]).toBe("−€20 to +€210 (90%)");
    const limit = { type: "total_spend", sense: "<=", value: 1000 } as const;
    expect(factsOf({ of: "price", limit }).Limit).toBe("Total spend at most €1,000 a week");
  });

  it("is told in full for every figure, in both languages", () => {
    const topics: FigureTopic[] = [
      ...(["current", "recommended", "marginal", "tried"] as const).map((of) => ({ of, channel: "Search" })),
      ...(["today", "planned", "gain", "probability"] as const).map((of) => ({ of })),
    ];
    for (const language of [words, wordsIn("fr")]) {
      for (const topic of topics) {
        const { title, how, facts, run } = prepareProvenance(topic, "€1", plan, language, "proved");
        expect(`${title} ${how}`).not.toMatch(/provenance\.|\{\{|undefined/);
        expect(facts.length).toBeGreaterThan(0);
        expect(run).toBe(plan.sources.run);
      }
    }
  });
});
