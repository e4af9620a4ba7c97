import type { BrokenLimit, Plan } from "@touchline/server/contract";
import { goalAmount } from "../../charts/prepare/goal-figure.ts";
import { wordLimit } from "../../charts/prepare/plan-limits.ts";
import type { Words } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";

function wordActual({ limit, actual }: BrokenLimit, plan: Plan, words: Words): string {
  const { format } = words;
  if (actual === null) return format.count(0);
  if (limit.type.endsWith("roas_floor")) return format.roas(actual);
  if (limit.type === "min_total_response") return goalAmount(actual, plan.expected.goal.goal, words);
  return limit.type === "cpa_ceiling" ? format.money(actual, 2) : format.count(actual, 0);
}

/** Limits of a plan that other amounts do not keep, each with what they come to. */
export function BrokenLimits({ plan, broken }: { plan: Plan; broken: readonly BrokenLimit[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <ul className="plain-list">
      {broken.map((each) => (
        <li key={each.text} className="field-problem">
          {t("words.titled", {
            title: wordLimit(each.limit, plan.period, words, plan.expected.goal.goal),
            text: t("review.amounts.actual", { actual: wordActual(each, plan, words) }),
          })}
        </li>
      ))}
    </ul>
  );
}
