import type { PlanChanges, ScenarioSummary } from "@touchline/server/contract";
import { useTimeZone } from "../../app/workspace-context.ts";
import { wordChannelChanges } from "../../charts/prepare/plan-changes.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { limitDifferences } from "./limit-differences.ts";
import type { Limits } from "./limits.ts";

interface Props {
  changes: PlanChanges;
  limits: Limits;
  list: readonly ScenarioSummary[];
}

/** What is otherwise than in the plan that was saved last, and why. */
export function ChangesCard({ changes, limits, list }: Props) {
  const words = useWords();
  const { t, format } = words;
  const timeZone = useTimeZone();
  const { since } = changes;
  const before = list.find(({ id }) => id === since.scenario)?.input;
  const { gone, added } = before === undefined ? { gone: [], added: [] } : limitDifferences(before, limits, words);
  const channels = wordChannelChanges(changes, words);
  const limitTexts = [
    ...added.map((text) => t("scenarios.limitNew", { text })),
    ...gone.map((text) => t("scenarios.limitGone", { text })),
  ];
  return (
    <Card
      title={t("scenarios.changedSince", { name: since.name })}
      sentence={t("scenarios.savedOn", { when: format.moment(new Date(since.savedAt), timeZone) })}
      className="changes-card"
    >
      {limitTexts.length + channels.length === 0 && <p className="hint">{t("scenarios.changedNothing")}</p>}
      {limitTexts.length > 0 && (
        <>
          <h3>{t("scenarios.changedLimits")}</h3>
          <ul className="plain-list">
            {limitTexts.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {channels.length > 0 && (
        <>
          <h3>{t("scenarios.changedChannels")}</h3>
          <ul className="plain-list">
            {channels.map(({ channel, text }) => (
              <li key={channel}>{text}</li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
