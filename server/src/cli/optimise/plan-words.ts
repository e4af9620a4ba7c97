import type { Plan } from "../../contract/index.ts";
import { GOAL_UNITS, priceInWords, proofInWords } from "../../planning/index.ts";
import { drawTable, grouped, printable } from "../io.ts";
import { planConflictInWords } from "./conflict-words.ts";

/** A plan for a person: the table, what it promises, its proof, the limits that bind and the reasons. */
export function planInWords(plan: Plan): string {
  if (plan.status === "infeasible") return planConflictInWords(plan);
  const { currency } = plan;
  const isGiven = plan.sources.run === null;
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
  // The proof is one of the split that was found, not of today's.
  const proof = plan.status === "optimal" ? `${proofInWords(plan.certificate)}\n` : "";
  // Without a single curve there is nothing to expect, and 0 would be a figure that nobody worked out.
  const canExpect = !plan.warnings.some(({ code }) => code === "nothing-to-plan");
  return [
    plan.status === "leave"
      ? "Leave the budget as it is.\n\n"
      : `A plan for ${grouped(plan.budget, 2)} ${currency} a ${plan.period}, ${isGiven ? "on the given curves" : `by ${plan.model} credit`}\n\n`,
    table,
    canExpect ? expectationInWords(plan, isGiven) : "",
    proof,
    ...plan.shadowPrices.map(({ limit, price }) => `  ${printable(priceInWords(limit, price, plan.period))}\n`),
    "\n",
    ...plan.allocation.map(({ reason }) => `  ${printable(reason)}\n`),
  ].join("");
}

/** What the plan is for comes first, with its chances; revenue goes beside it where it is not that. */
function expectationInWords({ expected, currency, period, allocation }: Plan, isGiven: boolean): string {
  const { goal, value, valueAtCurrent, interval, probabilityOfGain } = expected.goal;
  const what = goal === "revenue" ? (isGiven ? "response" : "credited revenue") : GOAL_UNITS[goal];
  const certainty =
    interval === null || probabilityOfGain === null
      ? ""
      : ` (${Math.round(interval.level * 100)} % interval ${grouped(interval.low)} to ${grouped(interval.high)}; ${chanceInWords(probabilityOfGain)} that it gains, if the ${isGiven ? "curves are" : "credit is"} right)`;
  const unit = goal === "conversions" ? "" : ` ${currency}`;
  const beside =
    goal === "revenue"
      ? ""
      : ` ${isGiven ? "Response" : "Credited revenue"} ${changeInWords(expected.revenue, expected.revenueAtCurrent, ` ${currency}`, period)}.`;
  return `\nExpected ${what} ${changeInWords(value, valueAtCurrent, unit, period)}${certainty}.${beside}${spendingInWords(allocation, currency)}\n`;
}

function changeInWords(then: number, now: number, unit: string, period: string): string {
  const gain = then - now;
  return `${grouped(then)}${unit} a ${period}, today ${grouped(now)}: ${gain >= 0 ? "+" : ""}${grouped(gain)}`;
}

/** Amounts are rounded one by one, so that half a cent a channel is no difference. */
function spendingInWords(allocation: Plan["allocation"], currency: string): string {
  const more = allocation.reduce((sum, { current, recommended }) => sum + Number(recommended) - Number(current), 0);
  if (Math.abs(more) <= 0.005 * (allocation.length + 1)) return "";
  const size = grouped(Math.abs(more), Math.abs(more) < 100 ? 2 : 0);
  return ` It spends ${size} ${currency} ${more > 0 ? "more" : "less"} than today.`;
}

function chanceInWords(share: number): string {
  if (share > 0.99) return "a chance of over 99 %";
  return share < 0.01 ? "a chance of under 1 %" : `a chance of ${Math.round(share * 100)} %`;
}
