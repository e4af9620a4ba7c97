import type { Plan } from "@touchline/server/contract";
import { prepareConsidered } from "../../charts/prepare/considered-split.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Sentence } from "../../ui/Sentence.tsx";

/** Folded: the split that was found although today's stays, so that the choice can be checked. */
export function ConsideredNote({ plan }: { plan: Plan }) {
  const words = useWords();
  const { t } = words;
  const considered = prepareConsidered(plan, words);
  if (considered === null) return null;
  return (
    <details className="considered">
      <summary>{t("planner.considered")}</summary>
      <p>
        <Sentence text={considered.sentence} />
      </p>
      <table className="data-table">
        <caption className="visually-hidden">{t("planner.considered")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("words.channel")}</th>
            <th scope="col" className="numeric">
              {t("words.today")}
            </th>
            <th scope="col" className="numeric">
              {t("planner.consideredColumn")}
            </th>
          </tr>
        </thead>
        <tbody>
          {considered.rows.map(({ channel, today, found }) => (
            <tr key={channel}>
              <th scope="row">{channel}</th>
              <td className="numeric">{today}</td>
              <td className="numeric">{found}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
