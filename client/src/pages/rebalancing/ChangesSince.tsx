import type { PlanChanges } from "@touchline/server/contract";
import { wordChannelChanges } from "../../charts/prepare/plan-changes.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";

/** What the last run recommends otherwise than the one before, and why. */
export function ChangesSince({ changes }: { changes: PlanChanges }) {
  const words = useWords();
  const { t, format } = words;
  const { name } = changes.since;
  const channels = wordChannelChanges(changes, words);
  const since = /^\d{4}-\d{2}-\d{2}$/.test(name) ? format.date(name) : name;
  return (
    <Card title={t("rebalancing.changes.title", { name: since })} sentence={t("rebalancing.changes.sentence")}>
      {channels.length === 0 ? (
        <p className="hint">{t("rebalancing.changes.nothing")}</p>
      ) : (
        <ul className="plain-list">
          {channels.map(({ channel, text }) => (
            <li key={channel}>{text}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}
