import type { DecidedSplit, DecidedWorth, Plan, ProposeInput } from "../contract/index.ts";
import { minus, sumOf, toCents, unitsOf } from "../exact.ts";
import { UserError } from "../user-error.ts";

/** The plan as it was decided: changed amounts in place of the recommended ones. */
export function withDecided<P extends Pick<Plan, "allocation">>(plan: P, decided: DecidedSplit | null): P {
  if (decided === null) return plan;
  const changed = new Map(decided.map(({ channel, amount }) => [channel, amount]));
  const allocation = plan.allocation.map((row) => ({
    ...row,
    recommended: changed.get(row.channel) ?? row.recommended,
  }));
  return { ...plan, allocation };
}

/** The same with what it is worth; what cannot be told any more stays out of it. */
export function decidedPlan(plan: Plan, decided: DecidedSplit, worth: DecidedWorth | null): Plan {
  const changed = new Set(decided.map(({ channel }) => channel));
  const known = new Map(worth?.channels.map((each) => [each.channel, each]));
  const { allocation, ...rest } = withDecided(plan, decided);
  return {
    ...rest,
    expected: worth?.expected ?? unknownGain(plan.expected),
    allocation: allocation.map((row, i): Row => {
      if (!changed.has(row.channel)) return row;
      const { revenue = null, marginalRoas = null } = known.get(row.channel) ?? {};
      return {
        ...row,
        marginalRoas,
        revenue: row.revenue === null || revenue === null ? null : { ...row.revenue, recommended: revenue },
        reason: `${row.channel} has ${row.recommended} in place of the recommended ${plan.allocation[i]!.recommended}: whoever approved the plan decided so.`,
      };
    }),
  };
}

/** Nothing is promised that nobody can tell. */
function unknownGain({ revenueAtCurrent, goal }: Plan["expected"]): Plan["expected"] {
  const nothing = { interval: null, probabilityOfGain: null };
  return {
    ...{ revenue: revenueAtCurrent, revenueAtCurrent, ...nothing },
    goal: { goal: goal.goal, value: goal.valueAtCurrent, valueAtCurrent: goal.valueAtCurrent, ...nothing },
  };
}

type Row = Plan["allocation"][number];

/**
 * What an approver wants in place of a recommendation, held to what the plan was held to.
 * @returns the changes alone; null where every amount is the recommended one
 * @throws UserError for a channel that is not in the plan, a total that is off, or a limit that is broken
 */
export function requireAllowedSplit(plan: Plan, input: ProposeInput, asked: DecidedSplit): DecidedSplit | null {
  const rows = new Map(plan.allocation.map((row) => [row.channel, row]));
  for (const { channel } of asked)
    if (!rows.has(channel))
      throw new UserError(
        `"${channel}" is no channel of this plan, which has ${plan.allocation.map((row) => row.channel).join(", ")}`,
      );
  const changes = asked.filter(({ channel, amount }) => unitsOf(amount) !== unitsOf(rows.get(channel)!.recommended));
  if (changes.length === 0) return null;
  const changed = new Set(changes.map(({ channel }) => channel));
  const decided = withDecided(plan, changes);
  requireTotal(plan, input, decided.allocation);
  for (const row of decided.allocation) if (changed.has(row.channel)) requireLimits(plan, input, row);
  for (const group of input.groups ?? []) requireGroup(plan, group, decided.allocation, changed);
  return changes;
}

function requireTotal({ budget, period, currency, allocation }: Plan, input: ProposeInput, decided: Row[]): void {
  const total = sumOf(decided.map(({ recommended }) => recommended));
  const recommended = sumOf(allocation.map((row) => row.recommended));
  const wanted = input.exact || unitsOf(recommended) > unitsOf(budget) ? recommended : budget;
  const off = unitsOf(total) - unitsOf(wanted);
  if (off === 0n || (off < 0n && !input.exact)) return;
  const by = money(off > 0n ? minus(total, wanted) : minus(wanted, total), currency);
  const what = off > 0n ? `${by} more than` : `${by} less than`;
  throw new UserError(
    `these amounts add up to ${money(total, currency)} a ${period}, ${what} the plan's ${money(wanted, currency)}: ${off > 0n ? `take ${by} from` : `give ${by} to`} another channel`,
  );
}

/** A cent: what rounding to whole cents may have added to a limit that the plan just keeps. */
const CENT = 0.01 + 1e-9;

function requireLimits({ period, currency }: Plan, input: ProposeInput, row: Row): void {
  const [amount, current] = [Number(row.recommended), Number(row.current)];
  const per = (value: number) => `${money(value.toFixed(2), currency)} a ${period}`;
  const refuse = (limit: string): never => {
    throw new UserError(
      `${row.channel} cannot be ${per(amount)}: ${limit}. Choose another amount, or propose a plan with other limits`,
    );
  };
  const own = input.bounds.find(({ channel }) => channel === row.channel);
  const { lower, upper, locked, fixed, minimumIfOn, step } = own ?? {};
  if (locked === true && Math.abs(amount - current) > CENT) refuse(`its spend is locked at ${per(current)}`);
  if (isSet(fixed) && Math.abs(amount - fixed) > CENT) refuse(`${per(fixed)} is fixed for it`);
  if (isSet(lower) && amount < lower - CENT) refuse(`at least ${per(lower)} is asked for`);
  if (isSet(upper) && amount > upper + CENT) refuse(`at most ${per(upper)} is allowed`);
  if (isSet(minimumIfOn) && amount > CENT && amount < minimumIfOn - CENT)
    refuse(`it is nothing or at least ${per(minimumIfOn)}`);
  if (isSet(step) && step > 0 && Math.abs(amount - step * Math.round(amount / step)) > CENT)
    refuse(`it is a whole multiple of ${money(step.toFixed(2), currency)}`);
  const { maxChange } = input;
  if (maxChange !== null && Math.abs(amount - current) > maxChange * current + CENT)
    refuse(`a channel changes by at most ${Number((maxChange * 100).toFixed(2))} % of today's ${per(current)}`);
}

type Group = NonNullable<ProposeInput["groups"]>[number];

function requireGroup({ period, currency }: Plan, group: Group, decided: Row[], changed: ReadonlySet<string>): void {
  if (!group.members.some((member) => changed.has(member))) return;
  const members = decided.filter(({ channel }) => group.members.includes(channel));
  const total = Number(sumOf(members.map(({ recommended }) => recommended)));
  const per = (value: number) => `${money(value.toFixed(2), currency)} a ${period}`;
  const said = `the channels of ${group.name} would have ${per(total)} together`;
  if (group.min !== null && total < group.min - CENT)
    throw new UserError(`${said}: at least ${per(group.min)} is asked for`);
  if (group.max !== null && total > group.max + CENT)
    throw new UserError(`${said}: at most ${per(group.max)} is allowed`);
}

function isSet(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}

function money(amount: string, currency: string): string {
  const [whole = "0", cents = ""] = toCents(amount).split(".");
  return `${whole}.${cents.padEnd(2, "0")} ${currency}`.trim();
}
