import { Link } from "@tanstack/react-router";
import { type GuideState, roleMay } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { useMembership } from "../me-context.ts";
import { keepHasLooked, readHasLooked } from "./guide-memory.ts";
import { prepareSteps } from "./guide-steps.ts";

const PARTS = ["touchpoints", "spend", "conversions"] as const;

/** The steps with what is done of them; each leads to where it is done. */
export function GuideSteps({ state }: { state: GuideState }) {
  const { t } = useWords();
  const { role } = useMembership();
  const steps = prepareSteps(state, readHasLooked());
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <ol className="guide-steps">
      {steps.map((step) => (
        <li key={step.name} className="guide-step" data-done={step.isDone}>
          <span className="guide-mark">
            {step.isDone ? <Icon name="check" /> : null}
            <span className="visually-hidden">{t(step.isDone ? "guide.done" : "guide.open")}</span>
          </span>
          <div className="guide-words">
            <h3>{t(`guide.step.${step.name}`)}</h3>
            <p className="hint">{t(`guide.why.${step.name}`)}</p>
            {step.name === "data" && (
              <ul className="guide-parts">
                {PARTS.map((part) => (
                  <li key={part} data-done={state[part]}>
                    <Icon name={state[part] ? "check" : "plus"} />
                    {t(`guide.part.${part}`)}
                    <span className="visually-hidden">{t(state[part] ? "guide.done" : "guide.open")}</span>
                  </li>
                ))}
              </ul>
            )}
          </div>
          {roleMay(role, step.right) && (
            <Link
              to={step.to}
              search={true}
              className={step === next ? "button button-primary" : "button"}
              onClick={() => step.name === "channels" && keepHasLooked()}
            >
              {t(`guide.go.${step.name}`)}
            </Link>
          )}
        </li>
      ))}
    </ol>
  );
}
