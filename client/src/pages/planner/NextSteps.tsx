import { Link } from "@tanstack/react-router";
import type { Plan } from "@touchline/server/contract";
import { prepareNextSteps } from "../../charts/prepare/plan-next.ts";
import { useWords } from "../../i18n/words-context.tsx";

/** What to do where the plan itself cannot settle it. */
export function NextSteps({ plan }: { plan: Plan }) {
  const words = useWords();
  const { t } = words;
  const steps = prepareNextSteps(plan, words);
  if (steps.length === 0) return null;
  return (
    <div className="result-part next-steps">
      <h3>{t("planner.nextTitle")}</h3>
      <ul className="plain-list">
        {steps.map(({ code, text }) => (
          <li key={code}>
            {text}
            {code === "test" && (
              <>
                {". "}
                <Link to="/tests" search={true}>
                  {t("planner.nextWhere")}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
