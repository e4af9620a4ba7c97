import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plan } from "@touchline/server/contract";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runAlone } from "../support/command-alone.ts";
import {
  meridianLong,
  meridianResponse,
  meridianWide,
  PYMC,
  pymcResponse,
  pymcRows,
  robynModel,
  robynResponse,
  robynRows,
} from "../support/given-models.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-given-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | object) =>
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
const optimise = (...argv: string[]) => runAlone(folder, "optimise", ...argv);

async function plan(...argv: string[]): Promise<Plan> {
  const { exitCode, stdout, stderr } = await optimise(...argv, "--json");
  if (exitCode !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const rowOf = ({ allocation }: Plan, channel: string) => allocation.find((row) => row.channel === channel)!;

/** No channel between its bounds may earn more at the margin than another: the split is the best one. */
function expectEqualMargins(found: Plan, respond: (channel: string, spend: number) => number): void {
  const slopes = found.allocation.map(({ channel, recommended }) => {
    const spend = Number(recommended);
    const step = spend * 1e-4;
    return (respond(channel, spend + step) - respond(channel, spend - step)) / (2 * step);
  });
  for (const slope of slopes) expect(Math.abs(slope / slopes[0]! - 1)).toBeLessThan(0.01);
}

const own = {
  currency: "GBP",
  unit: "week",
  channels: [
    { name: "Search", curve: { type: "hill", beta: 300_000, k: 40_000, s: 1 }, current: 30_000 },
    { name: "Social", curve: { type: "log", a: 90_000, b: 20_000 }, current: 20_000, largest_spend_seen: 25_000 },
  ],
};

describe("curves of one's own", () => {
  test("are planned on as a problem with the same curves is solved", async () => {
    file("curves.json", own);
    const found = await plan("--curves", "curves.json", "--budget", "80000");
    file("problem.json", {
      channels: own.channels.map(({ name, curve }) => ({ name, curve })),
      constraints: [{ type: "total_spend", sense: "<=", value: 80_000 }],
    });
    const { stdout } = await optimise("--problem", "problem.json", "--json");
    const { spend, objective_value } = JSON.parse(stdout) as { spend: Record<string, number>; objective_value: number };
    expect(found).toMatchObject({ status: "optimal", currency: "GBP", budget: "80000.00", sources: { run: null } });
    for (const [name, amount] of Object.entries(spend))
      expect(Number(rowOf(found, name).recommended)).toBeCloseTo(amount, 2);
    expect(found.expected.revenue / objective_value).toBeCloseTo(1, 9);
    expect(rowOf(found, "Search").current).toBe("30000.00");
  });

  test("for a week are planned by day and month too", async () => {
    file("curves.json", own);
    const week = await plan("--curves", "curves.json", "--budget", "70000");
    const today = await plan("--curves", "curves.json", "--budget", "10000", "--period", "day");
    expect(Number(rowOf(today, "Search").recommended) * 7).toBeCloseTo(Number(rowOf(week, "Search").recommended), 0);
    expect(today.expected.revenue * 7).toBeCloseTo(week.expected.revenue, 0);
  });

  test("take limits from a file and from options", async () => {
    file("curves.json", own);
    file("limits.json", { bounds: { Search: { upper: 35_000 } } });
    const found = await plan("--curves", "curves.json", "--budget", "80000", "--constraints", "limits.json", "--exact");
    expect(rowOf(found, "Search").recommended).toBe("35000.00");
    expect(rowOf(found, "Social")).toMatchObject({ recommended: "45000.00", flags: ["extrapolated"] });
  });

  test("that are S-shaped are planned globally", async () => {
    const s = (beta: number, k: number, steep: number) => ({ type: "hill", beta, k, s: steep });
    file("curves.json", {
      channels: [
        { name: "a", curve: s(300_000, 45_000, 3), current: 20_000 },
        { name: "b", curve: s(200_000, 30_000, 2.5), current: 20_000 },
        { name: "c", curve: s(150_000, 20_000, 4), current: 20_000 },
      ],
    });
    const found = await plan("--curves", "curves.json", "--budget", "60000");
    const spends = ["a", "b", "c"].map((name) => Number(rowOf(found, name).recommended));
    expect(spends[0]).toBe(0);
    expect(spends[1]).toBeCloseTo(32_637.31, 0);
    expect(found.certificate).toMatchObject({ scope: "global" });
  });

  test("with draws say how likely the plan is to gain", async () => {
    const betas = Array.from({ length: 30 }, (_, d) => 200_000 + 7_000 * ((d * 7) % 30));
    file("curves.json", {
      ...own,
      channels: [
        { name: "Search", draws: { type: "hill", beta: betas, k: 40_000, s: 1 }, current: 10_000 },
        own.channels[1],
      ],
    });
    const found = await plan("--curves", "curves.json", "--budget", "50000");
    expect(found.expected.probabilityOfGain).toBeGreaterThan(0.9);
    expect(found.expected.interval!.low).toBeLessThan(found.expected.revenue - found.expected.revenueAtCurrent);
  });
});

describe("studies on curves of one's own", () => {
  test("are answered without data", async () => {
    file("curves.json", own);
    const json = async (...argv: string[]) => {
      const { stdout, stderr } = await optimise("--curves", "curves.json", "--json", ...argv);
      expect(stderr).toBe("");
      return JSON.parse(stdout);
    };
    const { points } = await json("--frontier", "--at", "40000,80000");
    expect(points).toHaveLength(2);
    expect(points[1].best.value).toBeGreaterThan(points[0].best.value);
    const plan = await json("--target", "200000");
    expect(plan.expected.revenue).toBeCloseTo(200_000, 0);
    const tried = await json("--what-if", "Search");
    expect(tried.channel).toBe("Search");
    expect(tried.today).toBeCloseTo(30_000, 6);
    expect(await json("--best-roas", "30000")).toMatchObject({ status: "reached" });
  });

  test.each<[string[], string]>([
    [
      ["--objective", "margin"],
      "--objective: margin is known from imported conversions only; with --curves it is revenue or profit",
    ],
    [["--max-cpa", "5"], "--max-cpa: how many conversions a channel brings is not in a curves file; give a ROAS floor"],
    [["--scenario", "Autumn"], "--scenario: belongs to a data folder; a curves file has none"],
    [
      ["--weeks", "4"],
      "--weeks: plans with the season of imported data; a problem file by week (--problem) takes curves",
    ],
  ])("that need imported data are refused: %s", async (argv, sentence) => {
    file("curves.json", own);
    expect(await optimise("--curves", "curves.json", ...argv)).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `touchline: ${sentence}\n`,
    });
  });

  test.each<[string, object, string]>([
    ["no curve", { channels: [{ name: "a" }] }, "channels[0]: needs a curve, draws or points"],
    [
      "two of them",
      { channels: [{ name: "a", points: [[1, 1]], curve: {} }] },
      "channels[0].points: is given beside a curve or draws; give one of them",
    ],
    [
      "half a curve",
      { channels: [{ name: "a", curve: { type: "log", a: 1 } }] },
      "channels[0].curve.b: must be a finite number, got undefined",
    ],
    [
      "today's spend of one channel only",
      { channels: [{ ...own.channels[0] }, { name: "b", curve: { type: "log", a: 1, b: 1 } }] },
      "b: has no current spend, though other channels have",
    ],
  ])("with %s are refused by the field", async (_, json, sentence) => {
    file("curves.json", json);
    expect(await optimise("--curves", "curves.json", "--budget", "5")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `touchline: curves.json: ${sentence}\n`,
    });
  });
});

describe("a table of points", () => {
  const points = (respond: (spend: number) => number, channel: string, current: number) =>
    Array.from({ length: 13 }, (_, i) => {
      const mean = respond(i * 5_000);
      return `${channel},${i * 5_000},${mean},${mean * 0.8},${mean * 1.2},${current}`;
    });
  const respond = (channel: string, spend: number) =>
    channel === "tv" ? 120_000 * (1 - Math.exp(-spend / 30_000)) : 60_000 * Math.log1p(spend / 9_000);

  test("is planned on along its curves, with the uncertainty of its intervals", async () => {
    file(
      "points.csv",
      [
        "channel,spend,response,low,high,current",
        ...points((spend) => respond("tv", spend), "tv", 40_000),
        ...points((spend) => respond("radio", spend), "radio", 10_000),
      ].join("\n"),
    );
    const found = await plan("--curves", "points.csv", "--budget", "50000");
    expectEqualMargins(found, respond);
    expect(found.expected.interval).not.toBeNull();
    expect(rowOf(found, "tv").current).toBe("40000.00");
  });

  test.each<[string, string, string]>([
    [
      "falls",
      "a,0,0\na,10,5\na,20,4",
      "a: needs two spends above 0 or more, with responses that never fall as spend rises",
    ],
    ["starts above 0", "a,0,3\na,10,5\na,20,9", "a: the response without spend must be 0, got 3"],
    ["is no number", "a,0,0\na,10,five", 'line 3: response: "five" is not a number such as 1234.5'],
    ["is cut off", "a,0,0\na,10", "line 3: has 2 cells, the header has 3"],
  ])("whose response %s is refused", async (_, rows, sentence) => {
    file("points.csv", `channel,spend,response\n${rows}\n`);
    expect(await optimise("--curves", "points.csv", "--budget", "50")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `touchline: points.csv: ${sentence}\n`,
    });
  });

  test("with parameters is read as curves, several rows of a channel as its draws", async () => {
    file(
      "curves.csv",
      "channel;family;beta;k;s;a;b;current\nsearch;hill;300000;40000;1;;;30000\nsearch;hill;310000;42000;1;;;\nsocial;log;;;;90000;20000;20000\n",
    );
    const found = await plan("--curves", "curves.csv", "--budget", "80000");
    expect(found.sources.channels.map(({ families }) => families[0]!.family)).toEqual(["hill", "log"]);
    file("broken.csv", "channel,family,beta,k\na,hill,1,2\n");
    const { stderr } = await optimise("--curves", "broken.csv", "--budget", "5");
    expect(stderr).toBe("touchline: broken.csv: line 2.s: must be a finite number, got undefined\n");
  });
});

describe("a model of Robyn", () => {
  test("with its raw data in the file is planned on by week", async () => {
    file("RobynModel-1_23_4.json", { ...robynModel(), Extras: { raw_data: robynRows() } });
    const found = await plan("--curves", "RobynModel-1_23_4.json", "--budget", "45000");
    expectEqualMargins(found, (channel, spend) => robynResponse(channel as "tv_S", spend));
    const total = found.allocation.reduce(
      (sum, { channel, recommended }) => sum + robynResponse(channel as "tv_S", Number(recommended)),
      0,
    );
    expect(found.expected.revenue / total).toBeCloseTo(1, 6);
    const last = robynRows().slice(-4);
    expect(Number(rowOf(found, "tv_S").current)).toBeCloseTo(last.reduce((sum, { tv_S }) => sum + tv_S, 0) / 4, 1);
  });

  test("finds its raw data beside it", async () => {
    file("RobynModel-1_23_4.json", robynModel());
    const missing = await optimise("--curves", "RobynModel-1_23_4.json");
    expect(missing.stderr).toMatch(
      /has no raw_data: put the raw_data\.csv that Robyn exported into the same folder\n$/,
    );
    const [first] = robynRows();
    const names = Object.keys(first!);
    file(
      "raw_data.csv",
      [
        ["", ...names].map((name) => `"${name}"`).join(","),
        ...robynRows().map((row, i) => [`"${i + 1}"`, row.DATE, row.revenue, row.tv_S, row.search_S].join(",")),
      ].join("\n"),
    );
    const found = await plan("--curves", "RobynModel-1_23_4.json", "--budget", "45000");
    expectEqualMargins(found, (channel, spend) => robynResponse(channel as "tv_S", spend));
  });

  test.each<[string, (model: ReturnType<typeof robynModel>) => void, RegExp]>([
    [
      "another adstock",
      ({ InputCollect }) => {
        InputCollect.adstock = ["weibull_cdf"];
      },
      /InputCollect\.adstock: weibull_cdf is not supported/,
    ],
    [
      "exposure in the place of spend",
      ({ InputCollect }) => {
        InputCollect.paid_media_vars = ["tv_I", "search_S"];
      },
      /tv_S is modelled on exposure, not on spend/,
    ],
    [
      "a missing hyperparameter",
      ({ ExportedModel }) => {
        delete ExportedModel.hyper_values.tv_S_gammas;
      },
      /ExportedModel\.hyper_values\.tv_S_gammas: is missing/,
    ],
  ])("with %s is refused in one sentence", async (_, spoil, sentence) => {
    const model = robynModel();
    spoil(model);
    file("RobynModel.json", { ...model, Extras: { raw_data: robynRows() } });
    const { exitCode, stderr } = await optimise("--curves", "RobynModel.json");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("response curves of Meridian", () => {
  test.each([
    ["one row a point", meridianWide],
    ["one row a metric", meridianLong],
  ])("as a table with %s", async (_, table) => {
    file("response_curves.csv", table());
    const found = await plan("--curves", "response_curves.csv", "--budget", "1500000");
    expectEqualMargins(found, meridianResponse);
    expect(rowOf(found, "tv").current).toBe("900000.00");
    expect(found.expected.interval).not.toBeNull();
  });
});

describe("a posterior of PyMC-Marketing", () => {
  const mean = (channel: string, spend: number) => {
    const rows = pymcRows().filter((row) => row.channel === channel);
    return rows.reduce((sum, row) => sum + pymcResponse(row, spend), 0) / rows.length;
  };
  const current = { tv: 20_000, search: 10_000 };

  test("as JSON with its scales is planned on the mean of its draws", async () => {
    file("posterior.json", { model: "pymc-marketing", unit: "week", ...PYMC, current, posterior: pymcRows() });
    const found = await plan("--curves", "posterior.json", "--budget", "30000");
    expectEqualMargins(found, mean);
    const total = found.allocation.reduce(
      (sum, { channel, recommended }) => sum + mean(channel, Number(recommended)),
      0,
    );
    expect(found.expected.revenue / total).toBeCloseTo(1, 6);
    expect(found.sources.channels[0]!.draws).toBe(50);
  });

  test("as a table is the same", async () => {
    file("posterior.json", { model: "pymc-marketing", unit: "week", ...PYMC, current, posterior: pymcRows() });
    file(
      "posterior.csv",
      [
        "chain,draw,channel,adstock_alpha,saturation_lam,saturation_beta,channel_scale,target_scale,current",
        ...pymcRows().map((row) =>
          [...Object.values(row), PYMC.channel_scale[row.channel], PYMC.target_scale, current[row.channel]].join(","),
        ),
      ].join("\n"),
    );
    const [one, other] = [
      await plan("--curves", "posterior.json", "--budget", "30000"),
      await plan("--curves", "posterior.csv", "--budget", "30000"),
    ];
    expect(other.allocation).toEqual(one.allocation);
  });

  test("with several rows a draw, as models by geography have them, is refused", async () => {
    const posterior = [...pymcRows().slice(0, 2), ...pymcRows().slice(0, 2)];
    file("posterior.json", { model: "pymc-marketing", ...PYMC, current, posterior });
    const { exitCode, stderr } = await optimise("--curves", "posterior.json");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /posterior\[2\]: is a second row of one draw and channel; models by geography are not supported\n$/,
    );
  });

  test("without its scales is refused", async () => {
    file("posterior.csv", "channel,saturation_lam,saturation_beta\ntv,1,2\n");
    const { stderr } = await optimise("--curves", "posterior.csv", "--budget", "5");
    expect(stderr).toMatch(/no column channel_scale: the parameters are for data divided by their scale\n$/);
  });
});
