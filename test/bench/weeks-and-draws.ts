import {
  allocateDraws,
  allocateWeeks,
  type DrawsProblem,
  type WeeksProblem,
} from "../../solver/src/allocation/index.ts";
import { type Engines, type LinearRow, loadHighs, simplexEngine } from "../../solver/src/linear/index.ts";
import { type Curve, curveSlope, curveValue } from "../../solver/src/response/curve-families.ts";
import { geometricKernel, normalised } from "../../solver/src/response/series/adstock.ts";

/** Plans by week and plans on draws: ours, certified, and beside it HiGHS alone on tangents that come about as close. */
export async function benchWeeksAndDraws(print: (line: string) => void): Promise<void> {
  const engines: Engines = { small: simplexEngine, large: await loadHighs() };
  print("plans by week (pacing 15 %, weekly limits, a group, a promise) and on draws; seconds of the processor");
  for (const [channels, weeks] of [
    [10, 13],
    [20, 13],
    [10, 52],
  ] as const) {
    const problem = weeksProblem(channels, weeks);
    const { value: plan, seconds } = timed(() => allocateWeeks(problem, engines));
    if (plan.status !== "optimal") throw new Error(`no plan for ${channels} channels x ${weeks} weeks`);
    const { gap, steps } = plan.certificate;
    print(
      `  ${`${channels} channels x ${weeks} weeks`.padEnd(34)} ${seconds.toFixed(2).padStart(6)} s   gap ${gap.toExponential(1)}, ${steps} steps`,
    );
  }
  const problem = weeksProblem(20, 13);
  const alone = timed(() => weeksByHighs(problem, engines));
  const plan = allocateWeeks(problem, engines);
  const off = plan.status === "optimal" ? alone.value / plan.objectiveValue - 1 : Number.NaN;
  print(
    `  ${"  20 x 13 by HiGHS alone, 30 tangents".padEnd(34)} ${alone.seconds.toFixed(2).padStart(6)} s   ${off.toExponential(1)} above`,
  );
  for (const [channels, draws] of [
    [10, 100],
    [20, 200],
    [50, 1000],
  ] as const) {
    const problem = drawsProblem(channels, draws);
    const { value: plan, seconds } = timed(() => allocateDraws(problem, engines));
    if (plan.status !== "optimal") throw new Error(`no plan for ${channels} channels x ${draws} draws`);
    print(
      `  ${`CVaR, ${channels} channels x ${draws} draws`.padEnd(34)} ${seconds.toFixed(2).padStart(6)} s   gap ${plan.certificate.gap.toExponential(1)}`,
    );
    if (channels > 20) continue;
    const alone = timed(() => highsAlone(problem, engines));
    const off = (alone.value - plan.objectiveValue) / plan.objectiveValue;
    print(
      `  ${"  HiGHS alone, 12 tangents a curve".padEnd(34)} ${alone.seconds.toFixed(2).padStart(6)} s   ${(alone.seconds / seconds).toFixed(0)} times as long, ${off.toExponential(1)} above`,
    );
    const mean = timed(() => allocateDraws({ ...problem, objective: { type: "mean_of_draws" } }, engines));
    print(`  ${"  mean of the same draws".padEnd(34)} ${mean.seconds.toFixed(2).padStart(6)} s`);
  }
}

function timed<T>(work: () => T): { value: T; seconds: number } {
  // Once to warm up, and then the one that counts
  work();
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { value, seconds: (user + system) / 1e6 };
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

function weeksProblem(channels: number, weeks: number): WeeksProblem {
  const random = generator(3);
  return {
    objective: {},
    weeks,
    season: Array.from({ length: weeks + 5 }, (_, t) => 1 + 0.4 * Math.sin(t / 2)),
    channels: Array.from({ length: channels }, (_, i) => {
      const [size, bend] = [2e4 + 1e5 * random(), 1e4 + 3e4 * random()];
      const curves: Curve[] = [
        { type: "hill", beta: size, k: bend, s: 1 },
        { type: "log", a: size / 2, b: bend },
        { type: "exp", a: size, b: bend },
      ];
      return {
        name: `channel ${i}`,
        curve: curves[i % 3]!,
        kernel: normalised(geometricKernel(0.1 + 0.7 * random(), 6)),
        before: [9000, 9000, 9000, 9000, 10_000],
        lower: i % 3 === 0 ? 1000 : 0,
        upper: i % 2 === 0 ? 30_000 : null,
      };
    }),
    constraints: [
      { type: "total_spend", sense: "=", value: channels * weeks * 9000 },
      { type: "weekly_spend", min: channels * 6000, max: channels * 11_000 },
      { type: "pacing_pct", value: 15 },
      { type: "group_weekly_spend", name: "video", members: ["channel 1", "channel 2"], min: null, max: 17_000 },
      { type: "commitment", channel: "channel 0", week: 2, value: 7000 },
    ],
  };
}

/** The same weeks as one linear programme with as many tangents a week: an upper bound, as close as they are. */
function weeksByHighs({ weeks, season, channels, constraints }: WeeksProblem, engines: Engines): number {
  const counted = season.length;
  const unit = 1e4;
  const cells = channels.length * weeks;
  const upper = new Float64Array(cells + channels.length * counted).fill(Number.POSITIVE_INFINITY);
  const objective = new Float64Array(upper.length);
  const rows: LinearRow[] = [];
  const limit = (columns: number[], sense: LinearRow["sense"], value: number, coefficients = columns.map(() => 1)) =>
    rows.push({ columns, coefficients, sense, value: value / unit });
  for (const [i, { curve, kernel, before, lower, upper: most }] of channels.entries()) {
    for (let t = 0; t < weeks; t++) {
      if (most !== null) upper[i * weeks + t] = Number(most) / unit;
      limit([i * weeks + t], ">=", Number(lower));
    }
    for (let t = 0; t < counted; t++) {
      const response = cells + i * counted + t;
      objective[response] = season[t]!;
      const reached = [...kernel].flatMap((share, k) =>
        t - k >= 0 && t - k < weeks ? [{ share, cell: i * weeks + t - k }] : [],
      );
      const base = [...kernel].reduce(
        (sum, share, k) => sum + (t - k < 0 ? share * (before[before.length + t - k] ?? 0) : 0),
        0,
      );
      for (let step = 0; step < 30; step++) {
        const at = 40_000 * (step / 29) ** 2;
        const slope = curveSlope(curve, at);
        limit([response, ...reached.map(({ cell }) => cell)], "<=", curveValue(curve, at) + slope * (base - at), [
          1,
          ...reached.map(({ share }) => -slope * share),
        ]);
      }
    }
  }
  const everyone = channels.map((_, i) => i);
  const weekOf = (members: readonly number[], t: number) => members.map((i) => i * weeks + t);
  for (const one of constraints) {
    if (one.type === "total_spend") limit([...Array(cells).keys()], one.sense, one.value);
    for (let t = 0; t < weeks; t++) {
      if (one.type === "weekly_spend") {
        limit(weekOf(everyone, t), ">=", Number(one.min));
        limit(weekOf(everyone, t), "<=", Number(one.max));
      }
      if (one.type === "group_weekly_spend") {
        const members = everyone.filter((i) => one.members.includes(channels[i]!.name));
        limit(weekOf(members, t), "<=", Number(one.max));
      }
      if (one.type === "commitment" && one.week === t)
        limit([channels.findIndex(({ name }) => name === one.channel) * weeks + t], "=", one.value);
      if (one.type === "pacing_pct" && t > 0)
        for (const i of everyone) {
          limit([i * weeks + t, i * weeks + t - 1], "<=", 0, [1, -1 - one.value / 100]);
          limit([i * weeks + t, i * weeks + t - 1], ">=", 0, [1, -1 + one.value / 100]);
        }
    }
  }
  const outcome = engines.large.solve({ objective, upper, rows });
  return outcome.kind === "optimal" ? outcome.value * unit : Number.NaN;
}

function drawsProblem(channels: number, draws: number): DrawsProblem {
  const random = generator(3);
  return {
    objective: { type: "cvar_of_draws", alpha: 0.1 },
    channels: Array.from({ length: channels }, (_, i) => {
      const [size, bend] = [2e4 + 2e5 * random(), 1e4 + 5e4 * random()];
      return {
        name: `channel ${i}`,
        draws: Array.from({ length: draws }, () => ({
          type: "hill" as const,
          beta: size * (0.5 + random()),
          k: bend * (0.6 + random()),
          s: 1,
        })),
        lower: 0,
        upper: i % 3 === 0 ? 20_000 : null,
        current: null,
      };
    }),
    constraints: [{ type: "total_spend", sense: "=", value: channels * 15_000 }],
  };
}

/** Rockafellar and Uryasev's linear programme with the same few tangents a curve: an upper bound, as close as they are. */
function highsAlone({ channels, constraints, objective }: DrawsProblem, engines: Engines): number {
  const total = constraints[0];
  if (total?.type !== "total_spend" || objective.type !== "cvar_of_draws") throw new Error("another problem");
  const count = channels[0]!.draws.length;
  const m = channels.length;
  const cost = new Float64Array(m + 1 + count + m * count);
  const upper = new Float64Array(cost.length).fill(Number.POSITIVE_INFINITY);
  const rows: LinearRow[] = [
    { sense: "=", value: 1, columns: channels.map((_, i) => i), coefficients: channels.map(() => 1) },
  ];
  const unit = 1e5;
  cost[m] = 1;
  for (let d = 0; d < count; d++) {
    cost[m + 1 + d] = -1 / (objective.alpha * count);
    const responses = channels.map((_, i) => m + 1 + count + i * count + d);
    const coefficients = [1, -1, ...responses.map(() => -1)];
    rows.push({ sense: "<=", value: 0, columns: [m, m + 1 + d, ...responses], coefficients });
    for (const [i, { draws }] of channels.entries()) {
      const curve = draws[d]!;
      for (let step = 0; step < 12; step++) {
        const at = 60_000 * (step / 11) ** 2;
        const slope = curveSlope(curve, at);
        rows.push({
          sense: "<=",
          value: (curveValue(curve, at) - slope * at) / unit,
          columns: [responses[i]!, i],
          coefficients: [1, (-slope * total.value) / unit],
        });
      }
    }
  }
  for (const [i, { upper: most }] of channels.entries()) if (most !== null) upper[i] = most / total.value;
  const outcome = engines.large.solve({ objective: cost, upper, rows });
  return outcome.kind === "optimal" ? outcome.value * unit : Number.NaN;
}
