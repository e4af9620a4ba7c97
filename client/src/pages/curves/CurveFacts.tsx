import type { ResponseCurve } from "../../charts/prepare/response-curve.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Explained } from "../../ui/Explained.tsx";
import { Icon } from "../../ui/Icon.tsx";

/** What stands under a curve: where it is today, what it was made from, what a touch costs, and what to be careful about. */
export function CurveFacts({ model }: { model: ResponseCurve }) {
  const { t } = useWords();
  return (
    <>
      <p className="curve-facts">
        {model.todayText} {model.fitText}.
      </p>
      <div className="curve-notes">
        {model.recommended !== null && <p className="curve-plan-note">{model.recommended.text}</p>}
        {model.deliveryText !== null && <p>{model.deliveryText}</p>}
        <p>{model.sourceText}.</p>
        {model.familiesText !== null && (
          <p>
            <Explained why={t("curves.familiesWhy")}>{model.familiesText}</Explained>
          </p>
        )}
      </div>
      {model.flags.length > 0 && (
        <ul className="flags">
          {model.flags.map((flag) => (
            <li key={flag}>
              <Explained className="flag" why={t(`curves.flagsWhy.${flag}`)}>
                <Icon name="warning" />
                {t(`curves.flags.${flag}`)}
              </Explained>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
