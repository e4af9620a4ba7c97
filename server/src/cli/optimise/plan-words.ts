import type { Plan } from "../../contract/index.ts";
import { priceInWords, proofInWords } from "../../planning/index.ts";
import { drawTable, grouped, printable } from "../io.ts";
import { planConflictInWords } from "./conflict-words.ts";

/** A plan for a person: the table, what it promises, its proof, the limits that bind and the reasons. */
export function planInWords(plan: Plan): string {
  if (plan.status === "infeasible") return planConflictInWords(plan);
  const { expected, currency } = plan;
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
  const gain = expected.revenue - expected.revenueAtCurrent;
  const certainty =
    expected.interval === null || expected.probabilityOfGain === null
      ? ""
      : ` (${Math.round(expected.interval.level * 100)} % interval ${grouped(expected.interval.low)} to ${grouped(expected.interval.high)}; ${chanceInWords(expected.probabilityOfGain)} that it gains, if the ${isGiven ? "curves are" : "credit is"} right)`;
  // The proof is one of the split that was found, not of today's.
  const proof = plan.status === "optimal" ? `${proofInWords(plan.certificate)}\n` : "";
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
    ? `\nExpected ${isGiven ? "response" : "credited revenue"} ${grouped(expected.revenue)} ${currency} a ${plan.period}, today ${grouped(expected.revenueAtCurrent)}: ${gain >= 0 ? "+" : ""}${grouped(gain)}${certainty}.${spending}\n`
    : "";
  return [
    plan.status === "leave"
      ? "Leave the budget as it is.\n\n"
      : `A plan for ${grouped(plan.budget, 2)} ${currency} a ${plan.period}, ${isGiven ? "on the given curves" : `by ${plan.model} credit`}\n\n`,
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
