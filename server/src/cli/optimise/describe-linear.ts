import type { LinearAnswer, LinearModel } from "@touchline/solver";
import { proofInWords } from "../../planning/index.ts";
import { UserError } from "../../user-error.ts";
import { drawTable, grouped } from "../io.ts";
import { type DescribedAnswer, NO_PLAN } from "./described.ts";

/**
 * The answer to a linear model without curves: values and prices by name.
 * @throws UserError when nothing was proved
 */
export function describeLinear({ columns, rows }: LinearModel, answer: LinearAnswer): DescribedAnswer {
  switch (answer.kind) {
    case "optimal":
      return {
        status: "optimal",
        objective_value: answer.objective,
        values: Object.fromEntries(columns.map(({ name }, j) => [name, answer.x[j]!])),
        duals: { rows: Object.fromEntries(rows.map(({ name }, r) => [name, answer.prices[r]!])) },
        certificate: { ...answer.certificate, scope: "global" },
      };
    case "infeasible":
      return { ...NO_PLAN, values: null, conflict: [], repair: [] };
    case "unbounded":
      return { ...NO_PLAN, status: "unbounded", values: null };
    case "refused":
    case "unsolved":
      throw new UserError(`not solved: ${answer.reason}`);
  }
}

/** The same for a person. */
export function linearInWords(answer: DescribedAnswer): string {
  if (answer.status === "infeasible") return "No values meet all rows of this model; that is proved.\n";
  if (answer.status === "unbounded") return "Nothing bounds the objective of this model; that is proved.\n";
  const rows = Object.entries(answer.values as Record<string, number>).map(([name, value]) => [
    name,
    grouped(value, 4),
  ]);
  const { gap } = answer.certificate as { gap: number };
  return `Objective ${grouped(answer.objective_value as number, 4)}\n\n${drawTable(["Column", "Value"], rows)}\n${proofInWords({ gap, scope: "global" })}\n`;
}
