import type { RebalancingRunSummary } from "@touchline/server/contract";
import { useTimeZone } from "../../app/workspace-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { wordEnding } from "./describe-ending.ts";
import { wordPeriod, wordStarter } from "./describe-run.ts";
import { OpenLink } from "./OpenLink.tsx";
import { RunState } from "./RunState.tsx";

const COLUMNS = ["period", "state", "outcome", "moved", "started"] as const;

function Line({ run }: { run: RebalancingRunSummary }) {
  const words = useWords();
  const { format } = words;
  const timeZone = useTimeZone();
  return (
    <tr>
      <th scope="row">
        <OpenLink open={{ run: run.id }}>{wordPeriod(run, words)}</OpenLink>
      </th>
      <td>
        <RunState state={run.state} />
      </td>
      <td className="check-words">{wordEnding(run, timeZone, words)}</td>
      <td className="numeric">{run.movedPerWeek === null ? "" : format.money(run.movedPerWeek)}</td>
      <td>
        {format.moment(new Date(run.startedAt), timeZone)}
        <span className="cell-below">{wordStarter(run, words)}</span>
      </td>
    </tr>
  );
}

/** All runs, the newest first; what blocked one stands beside it. */
export function RunsCard({ runs }: { runs: readonly RebalancingRunSummary[] | null }) {
  const { t } = useWords();
  return (
    <Card
      title={t("rebalancing.runs.title")}
      sentence={t("rebalancing.runs.sentence")}
      isBusy={runs === null}
      origin={{ title: t("rebalancing.runs.title"), figures: ["plan"] }}
      table={runs === null || runs.length === 0 ? undefined : "shown"}
    >
      {runs === null ? (
        <div className="skeleton skeleton-table" />
      ) : runs.length === 0 ? (
        <p className="card-empty">{t("rebalancing.runs.none")}</p>
      ) : (
        <ScrollRegion label={t("rebalancing.runs.title")}>
          <table className="data-table proposals-table runs-table">
            <caption className="visually-hidden">{t("rebalancing.runs.title")}</caption>
            <thead>
              <tr>
                {COLUMNS.map((column) => (
                  <th key={column} scope="col" className={column === "moved" ? "numeric" : undefined}>
                    {t(`rebalancing.runs.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <Line key={run.id} run={run} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Card>
  );
}
