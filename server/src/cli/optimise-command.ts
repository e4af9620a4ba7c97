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
import { fetchCurves, type PlanLimits, priceInWords, proposePlan } from "../planning/index.ts";
import { UserError } from "../user-error.ts";
import { requireExtent } from "./attribute-command.ts";
import { type CommandIo, drawTable, grouped } from "./io.ts";

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

function requireAmount(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new UserError(`${option}: "${text}" is not an amount such as 12500`, { exitCode: 2 });
  return value;
}

const Bound = z.object({
  lower: z.number().min(0).nullish(),
  upper: z.number().min(0).nullish(),
  locked: z.boolean().nullish(),
});

/** The parts of a problem that go with fitted curves: limits, bounds by channel, objective. */
const ConstraintsFile = z.strictObject({
  constraints: z.array(z.unknown()).default([]),
  bounds: z
    .union([
      z.record(z.string(), Bound),
      z.array(Bound.extend({ channel: z.string().optional(), name: z.string().optional() })),
    ])
    .default({}),
  objective: z.unknown().optional(),
});

/** Reads a constraints file with the rules of a problem file. @throws UserError naming what is wrong */
function readConstraints(
  file: string,
  channels: readonly string[],
  io: CommandIo,
): Pick<PlanLimits, "bounds"> & Partial<Pick<PlanLimits, "objective" | "constraints">> {
  const parsed = ConstraintsFile.safeParse(readJson(file, io));
  if (!parsed.success) throw new UserError(`${file}: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`);
  const { constraints, bounds, objective } = parsed.data;
  const entries = Array.isArray(bounds)
    ? bounds.map((bound) => ({ ...bound, channel: bound.channel ?? bound.name ?? "" }))
    : Object.entries(bounds).map(([channel, bound]) => ({ ...bound, channel }));
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
  return {
    bounds: entries.map(({ channel, lower, upper, locked }) => ({
      channel,
      lower: lower ?? null,
      upper: upper ?? null,
      locked: locked ?? false,
    })),
    constraints: probe.problem.constraints,
    objective: probe.problem.objective,
  };
}

/** `touchline optimise --budget N`: the best split of a budget on the fitted curves. */
export async function runOptimise(house: House, options: OptimiseOptions, io: CommandIo): Promise<number> {
  const period = Period.safeParse(options.period);
  if (!period.success) throw new UserError(`--period: "${options.period}" is not day, week or month`, { exitCode: 2 });
  const budget = options.budget === undefined ? null : requireAmount(options.budget, "--budget");
  const maxChange = options.maxChange === undefined ? null : requireAmount(options.maxChange, "--max-change") / 100;
  const workspace = await house.workspace(options.workspace);
  await requireExtent(workspace);
  const { channels, withoutCurve } = await fetchCurves(workspace);
  const names = [...channels, ...withoutCurve].map(({ channel }) => channel);
  const read = options.constraints === undefined ? { bounds: [] } : readConstraints(options.constraints, names, io);
  const plan = await proposePlan(workspace, { period: period.data, budget, exact: false, maxChange, ...read });
  for (const warning of plan.warnings) io.stderr(`touchline: ${warning.text}\n`);
  io.stdout(options.json ? `${JSON.stringify(plan)}\n` : planInWords(plan));
  return 0;
}

function planInWords(plan: Plan): string {
  if (plan.status === "infeasible") {
    return [
      "No plan meets all of these limits; together they contradict each other:\n",
      ...plan.conflict.map(({ text }) => `  - ${text}\n`),
      plan.repair.length === 0 ? "" : "Any one of these changes would make a plan possible:\n",
      ...plan.repair.map(({ text }) => `  - ${text}\n`),
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
      : ` (${Math.round(expected.interval.level * 100)} % interval ${grouped(expected.interval.low)} to ${grouped(expected.interval.high)}; gains with a probability of ${Math.round(expected.probabilityOfGain * 100)} %)`;
  return [
    plan.status === "leave"
      ? "Leave the budget as it is.\n\n"
      : `A plan for ${grouped(plan.budget, 2)} ${currency} a ${plan.period}, by ${plan.model} credit\n\n`,
    table,
    `\nExpected credited revenue ${grouped(expected.revenue)} ${currency} a ${plan.period}, today ${grouped(expected.revenueAtCurrent)}: ${gain >= 0 ? "+" : ""}${grouped(gain)}${certainty}.\n`,
    ...plan.shadowPrices.map(({ limit, price }) => `  ${priceInWords(limit, price, plan.period)}\n`),
    "\n",
    ...plan.allocation.map(({ reason }) => `  ${reason}\n`),
  ].join("");
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
  for (const { channel, reason } of curves.withoutCurve) io.stdout(`${channel}: no curve. ${reason}\n`);
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
  const answer = describeAllocation(parsed.problem, allocate(parsed.problem));
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
  return 0;
}
