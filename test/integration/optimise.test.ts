import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const days = Array.from({ length: 90 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
  const channels = ["Paid Search", "Video"] as const;
  const spend = channels.flatMap((channel, c) =>
    days.map((day, i) => `${day},${channel},c,${20 + 15 * ((i * (c + 2)) % 7)},EUR`),
  );
  const rows = days.flatMap((day, i) =>
    channels.flatMap((channel, c) =>
      // Revenue rises with spend, and by less and less.
      Array.from({ length: 1 + Math.round(Math.sqrt((i * (c + 2)) % 7)) }, (_, n) => ({
        day,
        channel,
        id: `${i}-${c}-${n}`,
      })),
    ),
  );
  // Of ten people who see an ad one buys, an hour later.
  const touches = rows.flatMap(({ day, channel, id }) =>
    Array.from({ length: 10 }, (_, n) => {
      const who = n === 0 ? id : `${id}-${n}`;
      return `t${who},${day}T10:00:00Z,v${who},${channel},c,impression`;
    }),
  );
  const conversions = rows.map(({ day, id }) => `k${id},${day}T11:00:00Z,v${id},purchase,60,EUR`);
  const files = {
    touchpoints: ["event_id,occurred_at,visitor_id,channel,campaign,interaction", ...touches],
    conversions: ["conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency", ...conversions],
    spend: ["date,channel,campaign,cost,currency", ...spend],
  };
  for (const [kind, lines] of Object.entries(files))
    await world.json("import", kind, world.file(`${kind}.csv`, lines.join("\n")));
});
afterAll(() => world.close());

const optimise = (...argv: string[]) => world.run("optimise", ...argv);

describe("limits from a file", () => {
  const refused: [string, object, string][] = [
    [
      "an unknown key of a bound",
      { bounds: { "Paid Search": { min: 5 } } },
      'bounds of "Paid Search": "min" is not known; use lower, upper, fixed, minimumIfOn, step, minRoas, maxCpa, locked',
    ],
    [
      "an unknown key of a bound in a list",
      { bounds: [{ channel: "Video", min: 1, max: 5 }] },
      'bounds of "Video": "min", "max" is not known; use lower, upper, fixed, minimumIfOn, step, minRoas, maxCpa, locked',
    ],
    [
      "a ceiling of nothing per conversion",
      { bounds: { Video: { maxCpa: 0 } } },
      'bounds of "Video": maxCpa: Too small: expected number to be >0',
    ],
    ["a bound without a channel", { bounds: [{ lower: 1 }] }, "bounds[0]: names no channel"],
    [
      "a channel that is bounded twice",
      {
        bounds: [
          { channel: "Video", lower: 1 },
          { name: "Video", upper: 5 },
        ],
      },
      '"Video" is bounded twice',
    ],
    [
      "a channel that is bounded here and limited there",
      { bounds: { Video: { lower: 1 } }, constraints: [{ type: "channel_max", args: ["Video", 5] }] },
      '"Video" is bounded twice',
    ],
  ];
  test.each(refused)("%s is refused by name", async (_, limits, sentence) => {
    world.file("limits.json", JSON.stringify(limits));
    expect(await optimise("--constraints", "limits.json")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `touchline: limits.json: ${sentence}\n`,
    });
  });

  test("a number below 0 is refused with channel and key", async () => {
    world.file("limits.json", JSON.stringify({ bounds: { Video: { lower: -1 } } }));
    const { exitCode, stderr } = await optimise("--constraints", "limits.json");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^touchline: limits\.json: bounds of "Video": lower: [^\n]+\n$/);
  });

  test("a limit with arguments holds like a bound", async () => {
    const plans: unknown[] = [];
    for (const limits of [
      { bounds: { Video: { lower: 111, upper: null } } },
      { constraints: [{ name: "floor", type: "channel_min", args: ["Video", 111] }] },
    ]) {
      world.file("limits.json", JSON.stringify(limits));
      plans.push(await world.json("optimise", "--constraints", "limits.json", "--budget", "200", "--period", "day"));
    }
    expect(plans[1]).toEqual(plans[0]);
    const { allocation } = plans[0] as { allocation: { channel: string; recommended: string }[] };
    expect(Number(allocation.find(({ channel }) => channel === "Video")!.recommended)).toBeGreaterThanOrEqual(111);
  });
});

describe("a constraints file", () => {
  interface Row {
    readonly channel: string;
    readonly recommended: string;
  }
  const spendOf = async (limits: object, ...argv: string[]) => {
    world.file("limits.json", JSON.stringify(limits));
    const plan = (await world.json("optimise", "--constraints", "limits.json", "--period", "day", ...argv)) as {
      status: string;
      allocation: Row[];
      expected: { revenue: number };
    };
    return {
      ...plan,
      spend: Object.fromEntries(plan.allocation.map(({ channel, recommended }) => [channel, Number(recommended)])),
    };
  };

  test("keeps commitments, steps, all-or-nothing minimums and groups", async () => {
    const { spend } = await spendOf({ bounds: { Video: { fixed: 77 } } }, "--budget", "300");
    expect(spend.Video).toBe(77);
    const stepped = await spendOf({ bounds: { Video: { step: 25 }, "Paid Search": { step: 25 } } }, "--budget", "190");
    for (const amount of Object.values(stepped.spend)) expect(amount % 25).toBe(0);
    const switched = await spendOf({ bounds: { Video: { minimumIfOn: 150 } } }, "--budget", "160");
    expect(switched.spend.Video === 0 || switched.spend.Video! >= 150).toBe(true);
    const grouped = await spendOf(
      { groups: [{ name: "video", members: ["Video"], min: 90, max: 95 }] },
      ...["--budget", "300"],
    );
    expect(grouped.spend.Video).toBeGreaterThanOrEqual(90);
    expect(grouped.spend.Video).toBeLessThanOrEqual(95);
  });

  test("keeps returns and capacities", async () => {
    const floor = await spendOf({ minRoas: 5 }, "--budget", "2000");
    const total = Object.values(floor.spend).reduce((sum, amount) => sum + amount, 0);
    expect(floor.expected.revenue).toBeGreaterThanOrEqual(5 * total * (1 - 1e-6));
    expect(total).toBeLessThan(2_000);
    const capped = await spendOf(
      { capacities: [{ name: "parcels", value: 2, of: { type: "conversions" }, unitsPerConversion: 1 }] },
      ...["--budget", "300"],
    );
    expect(capped.status).toMatch(/optimal|leave/);
  });

  test.each<[string, object, string]>([
    ["an unknown part", { budget: 5 }, 'Unrecognized key: "budget"'],
    [
      "a wrong goal",
      { goal: "fame" },
      'Invalid option: expected one of "revenue"|"margin"|"conversions"|"value"|"profit"',
    ],
    ["a group of nobody", { groups: [{ name: "g", members: [], min: null, max: 1 }] }, "Too small"],
  ])("with %s is refused", async (_, limits, sentence) => {
    world.file("limits.json", JSON.stringify(limits));
    const { exitCode, stderr } = await optimise("--constraints", "limits.json");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  test("may name the total itself", async () => {
    const { spend } = await spendOf(
      { constraints: [{ type: "total_spend", sense: "=", value: 250 }] },
      "--budget",
      "300",
    );
    expect(Object.values(spend).reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(250, 2);
  });
});

describe("a budget", () => {
  test.each(["1e308", "1e16"])("of %s is wrong usage, in one sentence", async (budget) => {
    const { exitCode, stdout, stderr } = await optimise("--budget", budget);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toBe(`touchline: --budget: ${budget} is too much; the largest is 1,000,000,000,000,000\n`);
  });

  test("of 0 stops every channel, and says so", async () => {
    const { exitCode, stdout } = await optimise("--budget", "0");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Video -455: the budget ends before it; the next euro there would still bring/);
    expect(stdout).not.toMatch(/that the plan settles at/);
  });

  test("is split with the proof that no other split is worth more", async () => {
    const { exitCode, stdout } = await optimise("--budget", "2000");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\nNo split within these limits is worth more than [0-9.]+ % above this one\.\n/);
  });
});

describe("beyond the one best plan", () => {
  interface Split {
    readonly spend: number;
    readonly value: number;
    readonly marginal: number | null;
  }
  const json = async (...argv: string[]) => world.json("optimise", ...argv);

  test("the frontier rises with the budget, by less and less", async () => {
    const { points } = (await json("--frontier", "--at", "200,400,600", "--period", "day")) as {
      points: { budget: number; best: Split | null }[];
    };
    expect(points.map(({ budget }) => budget)).toEqual([200, 400, 600]);
    const [low, middle, high] = points.map(({ best }) => best!.value);
    expect(middle!).toBeGreaterThan(low!);
    expect(high! - middle!).toBeLessThan(middle! - low!);
  });

  test("what-if holds one channel, and nothing beats the plan", async () => {
    const { channel, points } = (await json("--what-if", "Video", "--budget", "400", "--period", "day")) as {
      channel: string;
      points: { againstPlan: number | null }[];
    };
    expect(channel).toBe("Video");
    expect(points.length).toBeGreaterThan(5);
    for (const { againstPlan } of points) expect(againstPlan ?? 0).toBeLessThan(1e-6);
  });

  test("the highest ROAS is one that no other plan of that spend has", async () => {
    const { status, best } = (await json("--best-roas", "100", "--period", "day")) as {
      status: string;
      best: Split & { roas: number };
    };
    expect(status).toBe("reached");
    expect(best.spend).toBeGreaterThanOrEqual(100 - 0.01);
    const plan = (await json("--budget", best.spend.toFixed(2), "--exact", "--period", "day")) as {
      expected: { revenue: number };
    };
    expect(plan.expected.revenue / best.spend).toBeLessThanOrEqual(best.roas * (1 + 1e-4));
  });

  test("a target is met with the least money", async () => {
    const plan = (await json("--target", "300", "--period", "day")) as {
      status: string;
      expected: { revenue: number };
    };
    if (plan.status === "optimal") expect(plan.expected.revenue).toBeCloseTo(300, 0);
    else expect(["leave", "infeasible"]).toContain(plan.status);
  });

  test("weeks are planned one by one", async () => {
    const plan = (await json("--weeks", "4")) as { status: string; weeks: { spend: string }[] };
    expect(plan.status).toBe("optimal");
    expect(plan.weeks).toHaveLength(4);
  });

  test("a saved scenario is asked for by name, and options stand over it", async () => {
    await world.json("scenarios", "save", "Autumn", "--budget", "300", "--period", "day");
    const saved = (await json("--scenario", "Autumn")) as { budget: string; period: string };
    expect(saved).toMatchObject({ budget: "300.00", period: "day" });
    expect(await json("--scenario", "Autumn", "--budget", "310")).toMatchObject({ budget: "310.00", period: "day" });
  });

  test.each<[string, string[], string]>([
    ["two studies at once", ["--frontier", "--weeks", "3"], "--frontier and --weeks: ask for one of them at a time"],
    ["points of nothing", ["--at", "1,2"], "--at: goes with --frontier (budgets) or --what-if (spends)"],
    [
      "a goal that nobody knows",
      ["--objective", "fame"],
      '--objective: "fame" is not one of revenue, margin, conversions, value, profit',
    ],
    [
      "an option that a problem file knows nothing of",
      ["--problem", "any.json", "--max-change", "20"],
      "--max-change: a problem file says everything itself; leave it out",
    ],
    ["a ceiling of nothing", ["--max-cpa", "0"], "--max-cpa: must be above 0; leave it out for no ceiling"],
    ["too much caution", ["--caution", "20"], "--caution: 20 is not between 0 and 1"],
    ["a day that is none", ["--weeks", "2", "--start", "Monday"], '--start: "Monday" is not a day such as 2026-01-05'],
  ])("%s is wrong usage, in one sentence", async (_, argv, sentence) => {
    expect(await optimise(...argv)).toEqual({ exitCode: 2, stdout: "", stderr: `touchline: ${sentence}\n` });
  });
});

describe("a plan in words", () => {
  test("speaks of what it is for before revenue", async () => {
    const { stdout } = await optimise("--objective", "conversions", "--budget", "2000");
    if (!stdout.startsWith("Leave")) expect(stdout).toMatch(/\nExpected conversions .* Credited revenue /);
    const { stdout: profit } = await optimise("--curves", world.file("own.csv", OWN), "--objective", "profit");
    expect(profit).toMatch(/\nExpected profit [\d,]+ EUR a week, today [\d,]+: .* Response [\d,]+ EUR a week/);
    expect(profit).not.toContain("of margin");
  });

  test("stops at a limit, and tells nobody to change a cap that nobody asked for", async () => {
    const grouped = { groups: [{ name: "both", members: ["a", "b"], min: null, max: 50 }] };
    const limits = world.file("grouped.json", JSON.stringify(grouped));
    const own = world.file("own.csv", OWN);
    const { stdout } = await optimise("--curves", own, "--constraints", limits, "--budget", "100");
    expect(stdout).not.toMatch(/it stops the /);
    const far = await optimise("--curves", own, "--target", "100000");
    expect(far.stdout).toMatch(/bring at least 100,000 a week: change it to/);
    expect(far.stdout).not.toMatch(/in total/);
  });
});

const OWN = "channel,family,beta,k,s,current\na,hill,900,40,1,20\nb,hill,700,60,1,20\nc,hill,500,60,1,20\n";

test("curves are printed by channel and by campaign", async () => {
  const whole = (await world.json("curves")) as { channels: { channel: string; campaign: string | null }[] };
  expect(whole.channels.map(({ channel, campaign }) => [channel, campaign])).toEqual([
    ["Paid Search", null],
    ["Video", null],
  ]);
  const parts = (await world.json("curves", "--by", "campaign")) as typeof whole;
  expect(parts.channels.map(({ campaign }) => campaign)).toContain("c");
  const { stdout } = await world.run("curves", "--by", "campaign");
  expect(stdout).toMatch(/Video \/ c /);
});

test("an import that fails at its second file prints the JSON of the first", async () => {
  const first = world.file("first.csv", "date,channel,campaign,cost,currency\n2026-06-01,Radio,c,7,EUR\n");
  const failed = await world.run("import", "spend", first, "missing.csv", "--json", "--workspace", "half");
  expect(failed).toMatchObject({ exitCode: 1, stderr: "touchline: missing.csv does not exist\n" });
  expect(JSON.parse(failed.stdout)).toMatchObject({ imports: [{ file: first, received: 1, stored: 1 }] });
  const none = await world.run("import", "spend", "missing.csv", "--json", "--workspace", "half");
  expect(none).toMatchObject({ exitCode: 1, stdout: "" });
});
