import type { SetBudgets } from "@touchline/server/contract";
import { parseAmount } from "../../format/parse-amount.ts";
import type { Language } from "../../i18n/language.ts";

/** What stands in the fields, by channel. */
export type BudgetTexts = Readonly<Record<string, string>>;

export interface BudgetChanges {
  readonly budgets: SetBudgets["budgets"];
  /** Channels whose text is no amount. */
  readonly broken: readonly string[];
  /** Of all that can be read. */
  readonly total: number;
  readonly count: number;
}

/** Which budgets the fields change, and which fields cannot be read. An empty field takes a budget away. */
export function readBudgets(
  texts: BudgetTexts,
  budgets: readonly { readonly channel: string; readonly amount: string }[],
  language: Language,
): BudgetChanges {
  const before = new Map(budgets.map(({ channel, amount }) => [channel, Number(amount)]));
  const changes: SetBudgets["budgets"] = [];
  const broken: string[] = [];
  let [total, count] = [0, 0];
  for (const [channel, text] of Object.entries(texts)) {
    const typed = parseAmount(text, language);
    if (typed.kind === "rejected") {
      broken.push(channel);
      continue;
    }
    const value = typed.kind === "ok" ? typed.value : null;
    if (value !== null) {
      total += value;
      count++;
    }
    if (value !== (before.get(channel) ?? null))
      changes.push({ channel, amount: value === null ? null : value.toFixed(2) });
  }
  return { budgets: changes, broken, total, count };
}
