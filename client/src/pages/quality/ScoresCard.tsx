import type { HeldOutQuality } from "@touchline/server/contract";
import { useWorkspace } from "../../app/workspace-context.ts";
import { Bar } from "../../charts/marks/Bar.tsx";
import { prepareScores, type ScoreRow, type ScoreTable } from "../../charts/prepare/quality-held-out.ts";
import { tabulateScores } from "../../charts/prepare/tables/quality.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

function Row({ row }: { row: ScoreRow }) {
  return (
    <tr>
      <th scope="row">
        {row.label}
        {row.note !== null && <span className="test-name">{row.note}</span>}
      </th>
      <td className="numeric">
        <span className={row.isBest ? "cell-main numeric-main" : "cell-main"}>{row.gain}</span>
        <Bar share={row.bar} colour="var(--accent)" isFaint={!row.isBest} />
        <span className="cell-notes">{row.gainError}</span>
      </td>
      <td className="numeric">{row.auc}</td>
      <td className="numeric">{row.logLikelihood}</td>
    </tr>
  );
}

function Scores({ table }: { table: ScoreTable }) {
  const { t, format } = useWords();
  const title = t("quality.heldOutTitle");
  return (
    <ScrollRegion label={title}>
      <table className="data-table scores-table">
        <caption className="visually-hidden">{t("quality.heldOutCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("quality.model")}</th>
            <th scope="col" className="numeric">
              {t("quality.gain")}
            </th>
            <th scope="col" className="numeric">
              {t("quality.auc")}
            </th>
            <th scope="col" className="numeric">
              {t("quality.logLikelihood")}
            </th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
          <tr className="row-no-touch">
            <th scope="row">{t("quality.oneChance")}</th>
            <td className="numeric">{format.amountChange(0, 1)}</td>
            <td className="numeric">{format.percent(0.5, 1)}</td>
            <td className="numeric">{table.constant}</td>
          </tr>
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Every model on the journeys of visitors that none has seen. */
export function ScoresCard({ heldOut, isStale }: { heldOut: HeldOutQuality | undefined; isStale: boolean }) {
  const words = useWords();
  const { t } = words;
  const { range } = useWorkspace();
  const title = t("quality.heldOutTitle");
  if (heldOut === undefined) {
    return (
      <Card title={title} isBusy>
        <div className="skeleton skeleton-table" />
      </Card>
    );
  }
  if (heldOut.journeys === null) {
    return (
      <Card title={title}>
        <p className="card-empty" lang="en">
          {t("quality.unscored", { reason: heldOut.journeysReason ?? "" })}
        </p>
      </Card>
    );
  }
  const scores = heldOut.journeys;
  const table = prepareScores(scores, words);
  return (
    <Card
      title={title}
      sentence={table.sentence}
      className={isStale ? "is-stale" : ""}
      isBusy={isStale}
      origin={{ title, figures: ["heldOut"], range }}
      table={() => tabulateScores(scores, words)}
    >
      {heldOut.warnings
        .filter((warning) => warning !== "no-timing")
        .map((warning) => (
          <p key={warning} className="callout">
            <Icon name="warning" />
            <span>{t(`quality.warnings.${warning}`)}</span>
          </p>
        ))}
      <Scores table={table} />
      {table.refused.map((text) => (
        <p key={text} className="hint">
          {text}
        </p>
      ))}
      <p className="hint quality-note">
        {t("quality.heldOutCaption")} {table.aucHint}
      </p>
    </Card>
  );
}
