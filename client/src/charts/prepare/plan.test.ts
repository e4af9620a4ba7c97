import { type MissingCurve, MoveReason, type Plan, type PlanLimit, type PlanWarning } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import { prepareConsidered } from "./considered-split.ts";
import { wordMissingCurve } from "./missing-curve.ts";
import { wordLimit, wordPrice, wordRepair } from "./plan-limits.ts";
import { preparePlanMoves } from "./plan-moves.ts";
import { prepareNextSteps } from "./plan-next.ts";
import { wordReason } from "./plan-reason.ts";
import { preparePlanResult } from "./plan-result.ts";
import { wordWarning } from "./plan-warning.ts";
import { curveDomains, prepareResponseCurve, sharedDomains, writeCurvesHeadline } from "./response-curve.ts";
import { curve, plan } from "./shop.fixture.ts";

const words = wordsIn("en");
const french = wordsIn("fr");

const frame = { goal: "revenue", period: "week" } as const;
const money = { goal: "revenue", isTarget: false } as const;
const bare = { averageOfMove: null, stop: null };

describe("the reason of a move", () => {
  it("is told from its figures, in the reader's language", () => {
    const why: MoveReason = { code: "earns-more", marginalNow: 1.8, marginalThen: 1.4, marginalPlan: 1.5, ...bare };
    expect(wordReason(why, frame, words)).toBe(
      "Its next euro brings €1.80, more than the €1.50 of the plan: spend rises until it is down to €1.40.",
    );
    expect(plainSpaces(wordReason(why, frame, french))).toContain("Son prochain euro rapporte 1,80 €");
    expect(wordReason(why, { ...frame, goal: "conversions" }, words)).toContain("1.80 conversions");
  });

  it("is told for every code, with and without figures and the limit it stops at", () => {
    const stops: MoveReason["stop"][] = [null, { type: "channel_max", channel: "Video", value: 20 }];
    let told = 0;
    for (const code of MoveReason.shape.code.options) {
      for (const figure of [1.25, null]) {
        for (const stop of stops) {
          for (const language of [words, french]) {
            const figures = { marginalNow: figure, marginalThen: figure, marginalPlan: figure === null ? null : 2 };
            const sentence = wordReason({ code, ...figures, averageOfMove: null, stop }, frame, language);
            expect(sentence.length).toBeGreaterThan(15);
            expect(sentence).not.toMatch(/planner\.|\{\{|null|NaN/);
            told++;
          }
        }
      }
    }
    expect(told).toBe(MoveReason.shape.code.options.length * 8);
  });

  it("names the limit that stops a channel", () => {
    const stop = { type: "group_max", group: "Social", value: 300 } as const;
    const why: MoveReason = {
      code: "at-upper",
      marginalNow: 2,
      marginalThen: 1.9,
      marginalPlan: 1,
      averageOfMove: 2,
      stop,
    };
    expect(wordReason(why, frame, words)).toBe(
      "Its next euro would still bring €1.90; a limit stops it: Social at most €300 a week.",
    );
  });

  it("does not explain a move by two figures that print alike", () => {
    const figures = { marginalNow: 1.0149, marginalThen: 1.0121, marginalPlan: 1.0121 };
    expect(wordReason({ code: "earns-more", ...figures, ...bare }, frame, words)).toContain(
      "almost what the plan earns elsewhere",
    );
  });
});

describe("today beside the plan", () => {
  const moves = preparePlanMoves(plan, new Map(), words);

  it("lists the largest spend first and adds up as printed", () => {
    expect(moves.rows.map((row) => row.channel)).toEqual(["Search", "Video"]);
    expect(moves.rows.map((row) => row.current)).toEqual(["€599", "€401"]);
    expect(moves.total).toEqual({ current: "€1,000", recommended: "€1,000", change: "€0" });
  });

  it("shows each move with sign, share and word", () => {
    const [search, video] = moves.rows;
    expect([search?.change, search?.changeShare, search?.word]).toEqual(["+€81", "+13.4%", "raise"]);
    expect([video?.change, video?.changeShare, video?.word]).toEqual(["−€81", "−20.0%", "cut"]);
  });

  it("draws all bars on one scale", () => {
    const bars = moves.rows.flatMap((row) => [row.currentBar, row.recommendedBar]);
    // Room is left to drag the longest of them further.
    expect(Math.max(...bars) * moves.longest).toBeCloseTo(679.52, 6);
    expect(Math.max(...bars)).toBeLessThan(1);
  });

  it("shows a split that is tried on the scale of the plan, and says where the plan stood", () => {
    const tried = preparePlanMoves(plan, new Map(), words, new Map([["Search", 500.5]]));
    expect(tried.longest).toBe(moves.longest);
    expect(tried.rows[0]).toMatchObject({ channel: "Search", spend: 500.5, reason: "In the plan: €680." });
    expect(tried.rows[1]?.reason).not.toContain("In the plan");
  });

  it("prints no percentage of nothing", () => {
    const fresh = { ...plan, allocation: plan.allocation.map((row) => ({ ...row, current: "0.00" })) };
    expect(preparePlanMoves(fresh, new Map(), words).rows.every((row) => row.changeShare === null)).toBe(true);
  });
});

describe("the result of a plan", () => {
  const result = preparePlanResult(plan, words);

  it("leads with what moves and what it brings", () => {
    expect(plainText(result.headline)).toBe("Moving €80 a week brings €100 more credited revenue.");
    expect(plainSpaces(plainText(preparePlanResult(plan, french).headline))).toBe(
      "Déplacer 80 € par semaine apporte 100 € de CA attribué en plus.",
    );
  });

  it.each<[string, Partial<Plan>]>([
    ["Leave the budget as it is.", { status: "leave" }],
    ["No plan fits these limits.", { status: "infeasible" }],
    [
      "These limits cost €50 of credited revenue a week.",
      { expected: { ...plan.expected, goal: { ...plan.expected.goal, value: 1950 } } },
    ],
  ])("says so when it is not a gain: %s", (headline, part) => {
    expect(plainText(preparePlanResult({ ...plan, ...part }, words).headline)).toBe(headline);
  });

  it("tells spending less apart from moving money", () => {
    const less = { ...plan, allocation: plan.allocation.map((row) => ({ ...row, recommended: "300.00" })) };
    expect(plainText(preparePlanResult(less, words).headline)).toBe(
      "Spending €400 less a week still brings €100 more credited revenue.",
    );
  });

  it("keeps zero and the whole interval in sight", () => {
    expect(result.interval?.domain[0]).toBeLessThanOrEqual(-20);
    expect(result.interval?.domain[1]).toBeGreaterThanOrEqual(210);
    expect(plainText(result.interval?.text ?? "")).toBe("90% of the draws lie between −€20 and +€210.");
  });

  it("calls no gain certain", () => {
    const sure = {
      ...plan,
      expected: { ...plan.expected, goal: { ...plan.expected.goal, probabilityOfGain: 1 } },
    };
    expect(preparePlanResult(sure, words).probability).toBe("over 99%");
    expect(result.probability).toBe("93%");
  });

  it("names what binds with its price, the total first", () => {
    expect(result.binding.map(({ name, price }) => ({ name, price }))).toEqual([
      { name: "Total spend at most €1,000 a week", price: "One more euro in total would bring €1.40." },
      { name: "Video at least €320 a week", price: "Loosened by one euro, it would bring €0.50." },
    ]);
  });

  it("counts conversions where they are the goal", () => {
    const goal = { ...plan.expected.goal, goal: "conversions" as const, value: 52.5, valueAtCurrent: 50 };
    const counted = { ...plan, expected: { ...plan.expected, goal } };
    const inEnglish = preparePlanResult(counted, words);
    expect(plainText(inEnglish.headline)).toBe("Moving €80 a week brings 2.5 more conversions.");
    expect(inEnglish.gain).toBe("+2.5");
    expect(inEnglish.of).toBe("Conversions a week");
    expect(preparePlanResult(plan, french).of).toBe("CA attribué par semaine");
  });

  it("prints its proof by order of magnitude", () => {
    expect(result.certificate).toContain("3.1 × 10⁻¹⁰");
  });
});

/** A sentence of the page has no hole, no key of the dictionary and no English of the server in it. */
function expectSentence(sentence: string): void {
  expect(sentence.length).toBeGreaterThan(10);
  expect(sentence).not.toMatch(/limit\.|note\.|missingCurve\.|planner\.|\{\{|undefined|null|NaN|English/);
}

describe("a limit", () => {
  const limits: PlanLimit[] = [
    { type: "total_spend", sense: "=", value: 5_000 },
    { type: "total_spend", sense: "<=", value: 5_000 },
    { type: "channel_min", channel: "A at B", value: 2_726.4 },
    { type: "channel_max", channel: "A at B", value: 12.5 },
    { type: "channel_roas_floor", channel: "A at B", value: 1.5 },
    { type: "group_min", group: "Brand", value: 300 },
    { type: "group_max", group: "Brand", value: 300 },
    { type: "change_limit_pct", value: 20 },
    { type: "change_limit_pct", channel: "A at B", value: 12.5 },
    { type: "blended_roas_floor", value: 3 },
    { type: "min_total_response", value: 900 },
    { type: "trusted_min", channel: "A at B", value: 5 },
    { type: "trusted_max", channel: "A at B", value: 5 },
    { type: "minimum_if_on", channel: "A at B", value: 40 },
    { type: "step", channel: "A at B", value: 40 },
    { type: "group_roas_floor", name: "Brand", value: 2 },
    { type: "response_cap", name: "Shoes", value: 250 },
    { type: "contact_cap", name: "Mail", value: 250 },
    { type: "weighted_min", name: "Mix", value: 250 },
    { type: "weighted_max", name: "Mix", value: 250 },
    { type: "cpa_ceiling", value: 30 },
    { type: "cpa_ceiling", members: ["A", "B"], value: 30 },
  ];

  it("of every kind is said in both languages, none like another", () => {
    for (const language of [words, french]) {
      const sentences = limits.map((limit) => wordLimit(limit, "month", language));
      sentences.forEach(expectSentence);
      expect(new Set(sentences).size).toBe(limits.length);
    }
    const inFrench = limits.map((limit) => plainSpaces(wordLimit(limit, "month", french)));
    expect(inFrench[2]).toBe("A at B : au moins 2 726 € par mois");
    expect(inFrench[3]).toBe("A at B : au plus 12,50 € par mois");
    expect(inFrench[8]).toBe("A at B : variation de 12,50 % au plus");
  });

  it("is repaired by a figure that can be typed in as it is printed", () => {
    const repair = { type: "total_spend", sense: "<=", value: 5_000, to: 12_227.48, text: "English" } as const;
    expect(plainSpaces(wordRepair(repair, "week", french))).toBe(
      "Dépense totale de 5 000 € au plus par semaine : passer à 12 227,48 €",
    );
    expect(wordRepair({ type: "change_limit_pct", value: 20, to: 25.5, text: "English" }, "week", words)).toBe(
      "No channel moves by more than 20%: change this to 25.50%",
    );
    expect(wordRepair({ type: "blended_roas_floor", value: 3, to: 2.41, text: "English" }, "week", words)).toBe(
      "A ROAS of at least 3.00 overall: change this to 2.41",
    );
  });

  it("brings its price when it is loosened, a floor like a cap", () => {
    for (const [type, price] of [
      ["channel_min", -0.5],
      ["channel_max", 0.5],
    ] as const) {
      const sentence = wordPrice({ limit: { type, channel: "Video", value: 1 }, price }, money, words);
      expect(sentence).toBe("Loosened by one euro, it would bring €0.50.");
    }
  });

  it("that asks for more in total than pays is said to cost", () => {
    const limit = { type: "total_spend", sense: "=", value: 5_000 } as const;
    expect(wordPrice({ limit, price: 0.3 }, money, words)).toBe("One more euro in total would bring €0.30.");
    expect(wordPrice({ limit, price: -0.3 }, money, words)).toBe("One more euro in total would cost €0.30.");
    expect(plainSpaces(wordPrice({ limit, price: -0.3 }, money, french))).toBe(
      "Un euro de plus au total coûterait 0,30 €.",
    );
  });
});

describe("the price of a limit", () => {
  it("is money saved where a target is asked for, and what one more of a thing brings", () => {
    const saving = { goal: "revenue", isTarget: true } as const;
    const target = { type: "min_total_response", value: 900 } as const;
    expect(wordPrice({ limit: target, price: -0.4 }, saving, words)).toBe("One more of it would cost €0.40.");
    const cap = { type: "channel_max", channel: "Video", value: 9 } as const;
    expect(wordPrice({ limit: cap, price: 0.25 }, saving, words)).toBe("Loosened by one euro, it would save €0.25.");
    const stock = { type: "response_cap", name: "Shoes", value: 9 } as const;
    const conversions = { goal: "conversions", isTarget: false } as const;
    expect(wordPrice({ limit: stock, price: 0.021 }, conversions, words)).toBe(
      "One more would bring 0.021 conversions.",
    );
  });
});

describe("what to do next", () => {
  const [video, search] = plan.allocation;
  const staying = (code: MoveReason["code"]) => ({ ...video!, why: { ...video!.why, code } });

  it("is a test of what is too uncertain, and a change of what never varied", () => {
    const unsure = {
      ...plan,
      allocation: [staying("demand-capture"), { ...staying("unidentified"), channel: "Email" }],
    };
    expect(prepareNextSteps(unsure, words).map(({ code }) => code)).toEqual(["test", "vary"]);
    expect(prepareNextSteps(plan, words)).toEqual([]);
  });

  it("is never nothing where today's split stays", () => {
    for (const code of ["already-best", "nothing-to-plan", "unconvincing"] as const) {
      const warning = { code, probability: 0.4, text: "English" } as PlanWarning;
      const left: Plan = { ...plan, status: "leave", allocation: [search!], warnings: [warning] };
      expect(prepareNextSteps(left, words).length, code).toBeGreaterThan(0);
    }
  });
});

describe("a split that was found and not recommended", () => {
  it("is told with the gain that did not convince", () => {
    const considered = { allocation: [{ channel: "Video", spend: "300.00" }], expected: plan.expected };
    const told = prepareConsidered({ ...plan, status: "leave", considered }, words);
    expect(plainText(told?.sentence ?? "")).toBe(
      "It would bring €100 of credited revenue more, −€20 to +€210 in 90% of the draws; chance of a gain 93%.",
    );
    expect(told?.rows).toEqual([{ channel: "Video", today: "€401", found: "€300" }]);
    expect(prepareConsidered(plan, words)).toBeNull();
  });
});

describe("notes of a plan and of the curves", () => {
  it("are said in both languages from their codes", () => {
    const warnings: PlanWarning[] = [
      { code: "extrapolated", channels: ["Search", "Video"], text: "English" },
      { code: "unconvincing", probability: 0.42, text: "English" },
      { code: "already-best", text: "English" },
      { code: "test-first", channels: ["Video"], text: "English" },
      { code: "not-proved", detail: "no bound", text: "English" },
    ];
    for (const language of [words, french]) {
      for (const warning of warnings) expectSentence(wordWarning(warning, language));
    }
    expect(plainSpaces(wordWarning(warnings[1]!, french))).toContain("42 % de chances");
    expect(wordWarning(warnings[0]!, words)).toContain("Search, Video");
  });

  it("say why a channel has no curve", () => {
    const missing: MissingCurve = { channel: "Radio", code: "few-days", days: 9, daysNeeded: 14, reason: "English" };
    const all = [missing, { ...missing, days: 1 }, { ...missing, days: 0 }].concat(
      (["no-revenue", "falling"] as const).map((code) => ({ ...missing, code })),
    );
    for (const language of [words, french]) {
      const sentences = all.map((each) => wordMissingCurve(each, language));
      sentences.forEach(expectSentence);
      expect(new Set(sentences).size).toBe(all.length);
    }
    expect(plainSpaces(wordMissingCurve(missing, french))).toBe(
      "Seuls 9 jours de dépense sont assez anciens pour que leurs conversions soient arrivées ; il en faut au moins 14 pour une courbe.",
    );
  });
});

describe("a response curve", () => {
  const domains = curveDomains(curve);
  const prepared = prepareResponseCurve(curve, 2, domains, words);

  it("says what the next euro brings, before the picture", () => {
    expect(plainText(prepared.sentence)).toBe("The next euro a day brings €2.50.");
    expect(prepared.label).toBe(
      "Search: The next euro a day brings €2.50. The curve explains 41% of the daily variance.",
    );
  });

  it("says what it stands on, the heaviest shape first, and what a touch costs", () => {
    expect(prepared.sourceText).toBe("Stands on 2 days and the touches of people");
    expect(prepared.familiesText).toBe("Shape: Hill 75%, exponential 25%");
    expect(prepared.deliveryText).toContain("€2.00 today, €3.50 beyond");
    const given = prepareResponseCurve({ ...curve, delivery: null, families: [] }, 2, domains, words);
    expect([given.familiesText, given.deliveryText]).toEqual([null, null]);
  });

  it("is not flattened by one freak day, and holds its band", () => {
    expect(domains.revenue[1]).toBeLessThan(1500);
    expect(domains.revenue[1]).toBeGreaterThanOrEqual(800);
    expect(domains.spend[1]).toBe(200);
    expect(domains.marginal[1]).toBeGreaterThanOrEqual(curve.current.marginalRoas);
  });

  it("says where spend was never seen", () => {
    expect(prepared.readout(20).title).toContain("never seen");
    expect(prepared.readout(3).title).not.toContain("never seen");
  });

  it("shares one scale that holds every channel", () => {
    const large = {
      ...curve,
      line: curve.line.map((point) => ({ ...point, spend: point.spend * 10, high: point.high * 3 })),
    };
    const shared = sharedDomains([curve, large]);
    expect(shared.spend[1]).toBe(2000);
    expect(shared.revenue[1]).toBeGreaterThanOrEqual(domains.revenue[1]);
  });

  it("is compared with the others in one sentence", () => {
    const curves = {
      currency: "EUR",
      model: "markov" as const,
      run: "r",
      days: { from: "2025-01-01", to: "2025-10-31" },
      channels: [{ ...curve, channel: "Video", current: { ...curve.current, marginalRoas: 0.6 } }, curve],
      withoutCurve: [],
    };
    expect(plainText(writeCurvesHeadline(curves, words))).toBe(
      "Search brings €2.50 for its next euro a day, Video €0.60.",
    );
    expect(writeCurvesHeadline({ ...curves, channels: [] }, words)).toBe("No curve could be fitted yet.");
  });
});
