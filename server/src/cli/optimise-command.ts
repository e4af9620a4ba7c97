import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  type Allocation,
  type AllocationProblem,
  allocate,
  type Limit,
  parseAllocationProblem,
} from "@touchline/solver";
import { z } from "zod";
import { Period, type Plan } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import { fetchCurves, type PlanLimits, priceInWords, proofInWords, proposePlan } from "../planning/index.ts";
import { UserError } from "../user-error.ts";
import { requireExtent } from "./attribute-command.ts";
import { type CommandIo, drawTable, grouped, printable } from "./io.ts";

export interface OptimiseOptions {
  readonly workspace: string;
  readonly budget?: string;
  readonly period: string;
  readonly maxChange?: string;
  readonly constraints?: string;
  readonly problem?: string;
  readonly json: boolean;
}

function readJson(file: string, io: CommandIo): unknown {
  let text: string;
  try {
    text = readFileSync(resolve(io.cwd, file), "utf8");
  } catch (error) {
    throw new UserError(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code === "ENOENT" ? "it does not exist" : (error as Error).message}`,
      { cause: error },
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** More is a slip of the keyboard, and a double no longer holds its cents. */
const LARGEST_AMOUNT = 1e15;
/** The largest change limit of the planner, in per cent. */
const LARGEST_CHANGE = 1_000;

function requireAmount(text: string, option: string, largest = LARGEST_AMOUNT): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new UserError(`${option}: "${text}" is not an amount such as 12500`, { exitCode: 2 });
  if (value > largest)
    throw new UserError(`${option}: ${text} is too much; the largest is ${grouped(largest)}`, { exitCode: 2 });
  return value;
}

const Bound = z.strictObject({
  lower: z.number().min(0).max(LARGEST_AMOUNT).nullish(),
  upper: z.number().min(0).max(LARGEST_AMOUNT).nullish(),
  locked: z.boolean().nullish(),
});
const BOUND_KEYS = Object.keys(Bound.shape).join(", ");

/** The parts of a problem that go with fitted curves: limits, bounds by channel, objective. */
const ConstraintsFile = z.strictObject({
  constraints: z.array(z.unknown()).default([]),
  /** By channel, or a list whose entries name theirs. */
  bounds: z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))]).default({}),
  objective: z.unknown().optional(),
});

/** The bounds of one channel. @throws UserError naming channel and key */
function requireBound(file: string, channel: string, json: unknown): PlanLimits["bounds"][number] {
  const parsed = Bound.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const fault =
      issue.code === "unrecognized_keys"
        ? `${issue.keys.map((key) => JSON.stringify(key)).join(", ")} is not known; use ${BOUND_KEYS}`
        : [...issue.path, issue.message].join(": ");
    throw new UserError(`${file}: bounds of ${JSON.stringify(channel)}: ${fault}`);
  }
  const { lower, upper, locked } = parsed.data;
  return { channel, lower: lower ?? null, upper: upper ?? null, locked: locked ?? false };
}

/** @throws UserError when a bound is wrong or names no channel */
function requireBounds(
  file: string,
  bounds: z.output<typeof ConstraintsFile>["bounds"],
): readonly PlanLimits["bounds"][number][] {
  if (!Array.isArray(bounds)) return Object.entries(bounds).map(([channel, json]) => requireBound(file, channel, json));
  return bounds.map(({ channel, name, ...json }, i) => {
    const named = channel ?? name;
    if (typeof named !== "string") throw new UserError(`${file}: bounds[${i}]: names no channel`);
    return requireBound(file, named, json);
  });
}

/** Reads a constraints file with the rules of a problem file. @throws UserError naming what is wrong */
function readConstraints(
  file: string,
  channels: readonly string[],
  io: CommandIo,
): Pick<PlanLimits, "bounds"> & Partial<Pick<PlanLimits, "objective" | "constraints">> {
  const parsed = ConstraintsFile.safeParse(readJson(file, io));
  if (!parsed.success) throw new UserError(`${file}: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`);
  const { constraints, bounds, objective } = parsed.data;
  // The problem's own reader judges limits and objective: any curve will do for that.
  const probe = parseAllocationProblem({
    objective: objective ?? { type: "max_response", response_weight: 1, spend_weight: 0 },
    channels: channels.map((name) => ({
      name,
      curve: { type: "hill", beta: 1, k: 1, s: 1 },
      lower: 0,
      upper: null,
      current: 1,
    })),
    constraints,
  });
  if (probe.kind === "refused") throw new UserError(`${file}: ${probe.reason}`);
  const limited = probe.problem.channels
    .filter(({ lower, upper }) => lower > 0 || upper !== null)
    .map(({ name, lower, upper }) => ({ channel: name, lower: lower > 0 ? lower : null, upper, locked: false }));
  const all = [...requireBounds(file, bounds), ...limited];
  const twice = all.find(({ channel }, i) => all.findIndex((other) => other.channel === channel) < i);
  if (twice !== undefined) throw new UserError(`${file}: ${JSON.stringify(twice.channel)} is bounded twice`);
  return {
    bounds: all,
    constraints: probe.problem.constraints,
    objective: probe.problem.objective,
  };
}

/** `touchline optimise --budget N`: the best split of a budget on the fitted curves. */
export async function runOptimise(house: House, options: OptimiseOptions, io: CommandIo): Promise<number> {
  const period = Period.safeParse(options.period);
  if (!period.success) throw new UserError(`--period: "${options.period}" is not day, week or month`, { exitCode: 2 });
  const budget = options.budget === undefined ? null : requireAmount(options.budget, "--budget");
  const maxChange =
    options.maxChange === undefined ? null : requireAmount(options.maxChange, "--max-change", LARGEST_CHANGE) / 100;
  const workspace = await house.workspace(options.workspace);
  await requireExtent(workspace);
  const { channels, withoutCurve } = await fetchCurves(workspace);
  const names = [...channels, ...withoutCurve].map(({ channel }) => channel);
  const read = options.constraints === undefined ? { bounds: [] } : readConstraints(options.constraints, names, io);
  const plan = await proposePlan(workspace, { period: period.data, budget, exact: false, maxChange, ...read });
  for (const warning of plan.warnings) io.stderr(`touchline: ${printable(warning.text)}\n`);
  io.stdout(options.json ? `${JSON.stringify(plan)}\n` : planInWords(plan));
  return 0;
}

function planInWords(plan: Plan): string {
  if (plan.status === "infeasible") {
    return [
      "No plan meets all of these limits; together they contradict each other:\n",
      ...plan.conflict.map(({ text }) => `  - ${printable(text)}\n`),
      plan.repair.length === 0 ? "" : "Any one of these changes would make a plan possible:\n",
      ...plan.repair.map(({ text }) => `  - ${printable(text)}\n`),
    ].join("");
  }
  const { expected, currency } = plan;
  const rows = plan.allocation.map(({ channel, current, recommended, marginalRoas, flags }) => {
    const move = Number(recommended) - Number(current);
    return [
      channel,
      grouped(current, 2),
      grouped(recommended, 2),
      `${move >= 0 ? "+" : ""}${grouped(move, 2)}`,
      marginalRoas === null ? "-" : marginalRoas.toFixed(2),
      flags.join(", "),
    ];
  });
  const table = drawTable(["Channel", `Today ${currency}`, `Plan ${currency}`, "Move", "Marginal ROAS", "Care"], rows);
  const gain = expected.revenue - expected.revenueAtCurrent;
  const certainty =
    expected.interval === null || expected.probabilityOfGain === null
      ? ""
      : ` (${Math.round(expected.interval.level * 100)} % interval ${grouped(expected.interval.low)} to ${grouped(expected.interval.high)}; ${chanceInWords(expected.probabilityOfGain)} that it gains, if the credit is right)`;
  // The proof is one of the split that was found, not of today's.
  const proof = plan.status === "optimal" ? `${proofInWords(plan.certificate.gap)}\n` : "";
  const more = plan.allocation.reduce(
    (sum, { current, recommended }) => sum + Number(recommended) - Number(current),
    0,
  );
  const spending =
    Math.abs(more) < 0.01
      ? ""
      : ` It spends ${grouped(Math.abs(more))} ${currency} ${more > 0 ? "more" : "less"} than today.`;
  // Without a single curve there is nothing to expect, and 0 would be a figure that nobody worked out.
  const canExpect = !plan.warnings.some(({ code }) => code === "nothing-to-plan");
  const expectation = canExpect
    ? `\nExpected credited revenue ${grouped(expected.revenue)} ${currency} a ${plan.period}, today ${grouped(expected.revenueAtCurrent)}: ${gain >= 0 ? "+" : ""}${grouped(gain)}${certainty}.${spending}\n`
    : "";
  return [
    plan.status === "leave"
      ? "Leave the budget as it is.\n\n"
      : `A plan for ${grouped(plan.budget, 2)} ${currency} a ${plan.period}, by ${plan.model} credit\n\n`,
    table,
    expectation,
    proof,
    ...plan.shadowPrices.map(({ limit, price }) => `  ${printable(priceInWords(limit, price, plan.period))}\n`),
    "\n",
    ...plan.allocation.map(({ reason }) => `  ${printable(reason)}\n`),
  ].join("");
}

function chanceInWords(share: number): string {
  if (share > 0.99) return "a chance of over 99 %";
  return share < 0.01 ? "a chance of under 1 %" : `a chance of ${Math.round(share * 100)} %`;
}

/** `touchline curves`: the fitted curve of every channel. */
export async function runCurves(
  house: House,
  options: { workspace: string; json: boolean },
  io: CommandIo,
): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  await requireExtent(workspace);
  const curves = await fetchCurves(workspace);
  if (options.json) {
    io.stdout(`${JSON.stringify(curves)}\n`);
    return 0;
  }
  const rows = curves.channels.map(({ channel, current, ceiling, halfSpend, r2, flags }) => [
    channel,
    grouped(current.spend, 2),
    grouped(current.revenue, 2),
    current.marginalRoas.toFixed(2),
    grouped(ceiling),
    grouped(halfSpend),
    r2.toFixed(2),
    flags.join(", "),
  ]);
  const { currency } = curves;
  io.stdout(`Response curves by ${curves.model} credit, ${curves.days.from} to ${curves.days.to}, amounts a day\n\n`);
  io.stdout(
    drawTable(
      ["Channel", `Spend ${currency}`, `Revenue ${currency}`, "Marginal ROAS", "Ceiling", "Half at", "R2", "Care"],
      rows,
    ),
  );
  for (const { channel, reason } of curves.withoutCurve) io.stdout(`${printable(channel)}: no curve. ${reason}\n`);
  return 0;
}

function limitName(limit: Limit): string {
  if ("channel" in limit) return `${limit.type}: ${limit.channel}`;
  if ("group" in limit) return `${limit.type}: ${limit.group}`;
  return limit.type;
}

/** The answer to a problem file, with the names and signs of that layout. */
export function describeAllocation(problem: AllocationProblem, allocation: Allocation): Record<string, unknown> {
  const byName = (values: ArrayLike<number>) =>
    Object.fromEntries(problem.channels.map(({ name }, i) => [name, values[i]]));
  switch (allocation.status) {
    case "optimal": {
      const groups = problem.constraints.flatMap((constraint) =>
        constraint.type === "group_spend" ? [constraint.name] : [],
      );
      return {
        status: "optimal",
        objective_value: allocation.objectiveValue,
        spend: byName(allocation.spend),
        duals: {
          budget_shadow_price: allocation.duals.budget,
          roas_or_target_multiplier: allocation.duals.multiplier,
          groups: Object.fromEntries(groups.map((name, i) => [name, allocation.duals.groups[i]])),
          reduced_cost: byName(allocation.duals.reducedCost),
        },
        certificate: allocation.certificate,
        conflict: [],
        repair: [],
      };
    }
    case "infeasible":
      return {
        status: "infeasible",
        objective_value: null,
        spend: null,
        duals: null,
        conflict: allocation.conflict.map((limit) => ({ ...limit, name: limitName(limit) })),
        repair: allocation.repairs.map(({ limit, to }) => ({ ...limit, name: limitName(limit), to })),
      };
    case "stopped":
      throw new UserError(`no plan could be proved: ${allocation.reason}`);
  }
}

/** `touchline optimise --problem FILE`: curves and limits given; needs no data folder. */
export async function runProblem(file: string, options: OptimiseOptions, io: CommandIo): Promise<number> {
  const parsed = parseAllocationProblem(readJson(file, io));
  if (parsed.kind === "refused") throw new UserError(`${file}: ${parsed.reason}`);
  const allocation = allocate(parsed.problem);
  const answer = describeAllocation(parsed.problem, allocation);
  if (options.json) {
    io.stdout(`${JSON.stringify(answer)}\n`);
    return 0;
  }
  if (answer.status === "infeasible") {
    io.stdout(
      `No plan meets all limits.\n${JSON.stringify({ conflict: answer.conflict, repair: answer.repair }, null, 2)}\n`,
    );
    return 0;
  }
  const spend = answer.spend as Record<string, number>;
  io.stdout(`Objective ${grouped(answer.objective_value as number, 2)}\n\n`);
  io.stdout(
    drawTable(
      ["Channel", "Spend"],
      Object.entries(spend).map(([name, value]) => [name, grouped(value, 2)]),
    ),
  );
  if (allocation.status === "optimal") io.stdout(`\n${proofInWords(allocation.certificate.gap)}\n`);
  return 0;
}
