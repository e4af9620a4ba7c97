import { type Command, Option } from "commander";
import { Period, PlanGoal, type ProposeInput } from "../../contract/index.ts";
import { UserError } from "../../user-error.ts";
import { grouped } from "../io.ts";

/** What `touchline optimise` takes on the command line to say what a plan is for and within which limits; text as typed. */
export interface PlanOptions {
  readonly budget?: string;
  readonly exact?: boolean;
  readonly period?: string;
  readonly maxChange?: string;
  readonly objective?: string;
  readonly minRoas?: string;
  readonly maxCpa?: string;
  readonly target?: string;
  readonly caution?: string;
}

/** More is a slip of the keyboard, and a double no longer holds its cents. */
export const LARGEST_AMOUNT = 1e15;
/** The largest change limit of the planner, in per cent. */
const LARGEST_CHANGE = 1_000;

/** @throws UserError of wrong usage when the text is no amount, or too much */
export function requireAmount(text: string, option: string, largest = LARGEST_AMOUNT): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new UserError(`${option}: "${text}" is not an amount such as 12500`, { exitCode: 2 });
  if (value > largest)
    throw new UserError(`${option}: ${text} is too much; the largest is ${grouped(largest)}`, { exitCode: 2 });
  return value;
}

/** The options of everything that makes a plan. */
export function withPlanOptions(command: Command): Command {
  return command
    .option("--budget <amount>", "total for one period (default: what is spent today)")
    .option("--exact", "spend the whole budget, not at most so much", false)
    .addOption(new Option("--period <period>", "what amounts are for (default: week)").choices(Period.options))
    .option("--max-change <percent>", "largest move of a channel, in % of today's spend")
    .option("--objective <goal>", `what to bring most of: ${PlanGoal.options.join(", ")} (default: revenue)`)
    .option("--min-roas <number>", "revenue per unit of spend, over all channels, at least")
    .option("--max-cpa <amount>", "money per conversion, over all channels, at most")
    .option(
      "--target <amount>",
      "so much of the objective in one period, for the least money; --budget is then the most",
    )
    .option(
      "--caution <share>",
      "0 to 1: plan for the mean of what the curves may be, or for the mean of its worst fifth",
    )
    .option("--constraints <file>", "JSON with limits, bounds by channel, objective (docs/optimise.md)");
}

export type OptionLimits = Omit<ProposeInput, "bounds">;

/** What is asked for where nobody says otherwise. */
export const USUAL: OptionLimits = { period: "week", budget: null, exact: false, maxChange: null };

/** What was given on the command line, alone: it stands over a file or a scenario. @throws UserError that names the option */
export function readGivenOptions(options: PlanOptions): Partial<OptionLimits> {
  const amount = (text: string | undefined, option: string, largest?: number) =>
    text === undefined ? null : requireAmount(text, option, largest);
  const change = amount(options.maxChange, "--max-change", LARGEST_CHANGE);
  return present({
    period: options.period === undefined ? null : requirePeriod(options.period),
    budget: amount(options.budget, "--budget"),
    exact: options.exact === true ? true : null,
    maxChange: change === null ? null : change / 100,
    goal: options.objective === undefined ? null : requireGoal(options.objective),
    target: amount(options.target, "--target"),
    minRoas: amount(options.minRoas, "--min-roas"),
    maxCpa: options.maxCpa === undefined ? null : requireCost(options.maxCpa, "--max-cpa"),
    caution: options.caution === undefined ? null : requireShare(options.caution, "--caution"),
  });
}

/** Conversions that cost nothing are no ceiling that a plan could be held to. */
function requireCost(text: string, option: string): number {
  const value = requireAmount(text, option);
  if (value === 0) throw new UserError(`${option}: must be above 0; leave it out for no ceiling`, { exitCode: 2 });
  return value;
}

function requirePeriod(text: string): Period {
  const period = Period.safeParse(text);
  if (!period.success) throw new UserError(`--period: "${text}" is not day, week or month`, { exitCode: 2 });
  return period.data;
}

/** What was given, alone: what is absent must not stand over what a file says. */
function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], null> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: Exclude<T[K], null>;
  };
}

function requireGoal(text: string): PlanGoal {
  const goal = PlanGoal.safeParse(text);
  if (!goal.success)
    throw new UserError(`--objective: "${text}" is not one of ${PlanGoal.options.join(", ")}`, { exitCode: 2 });
  return goal.data;
}

function requireShare(text: string, option: string): number {
  const value = requireAmount(text, option);
  if (value > 1) throw new UserError(`${option}: ${text} is not between 0 and 1`, { exitCode: 2 });
  return value;
}
