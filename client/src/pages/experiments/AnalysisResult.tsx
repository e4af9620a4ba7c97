import type { AnalyseInput } from "@touchline/server/contract";
import { type FormEvent, useRef, useState } from "react";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { DataTable } from "../../charts/DataTable.tsx";
import { GeoTestChart } from "../../charts/GeoTestChart.tsx";
import { type GeoTestChartModel, prepareGeoAnalysis } from "../../charts/prepare/experiments-analysis.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { ExportMenu } from "../../ui/export/ExportMenu.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Sentence } from "../../ui/Sentence.tsx";
import { wordOutcome } from "./EnterTestCard.tsx";
import { type useAnalysis, useKeepAnalysis } from "./experiment-queries.ts";
import { TextField } from "./fields.tsx";

/** Figures of a method and the word that stands over them. */
const COLUMNS = [
  ["lift", "lift"],
  ["liftInterval", "interval"],
  ["incremental", "incremental"],
  ["incrementalInterval", "interval"],
  ["p", "p"],
  ["byRegions", "byRegions"],
  ["fitError", "fitError"],
] as const;

function Methods({ rows }: { rows: GeoTestChartModel["methods"] }) {
  const { t } = useWords();
  return (
    <ScrollRegion label={t("experiments.byMethod")}>
      <table className="data-table">
        <caption className="visually-hidden">{t("experiments.byMethod")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("experiments.byMethod")}</th>
            {COLUMNS.map(([name, word]) => (
              <th key={name} scope="col" className="numeric">
                {t(`experiments.${word}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.method}>
              <th scope="row">{row.name}</th>
              {COLUMNS.map(([name]) => (
                <td key={name} className={name === "lift" ? "numeric numeric-main" : "numeric"}>
                  {row[name]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Keeps the result as a lift test under a name. */
function Keep({ asked }: { asked: AnalyseInput }) {
  const words = useWords();
  const { t } = words;
  const [experimentId, setExperimentId] = useState("");
  const { may } = useMay("experiments:change");
  const keep = useKeepAnalysis();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (may && experimentId.trim() !== "") keep.mutate({ experimentId, analysis: asked });
  };
  return (
    <form className="test-send keep-form" onSubmit={send}>
      <TextField label={t("experiments.keepAs")} value={experimentId} onChange={setExperimentId} />
      <GuardedButton
        type="submit"
        right="experiments:change"
        className="button"
        disabled={keep.isPending || experimentId.trim() === ""}
      >
        {t("experiments.save")}
      </GuardedButton>
      <p role="status" className={keep.isError ? "field-problem" : "hint"}>
        {wordOutcome(keep, words)}
      </p>
    </form>
  );
}

/** The chart, the methods side by side, what to be careful about, and a way to keep it. */
export function AnalysisResult({ asked, query }: { asked: AnalyseInput; query: ReturnType<typeof useAnalysis> }) {
  const words = useWords();
  const { t } = words;
  const [isTable, setTable] = useState(false);
  const figure = useRef<HTMLElement>(null);
  if (query.isError) return <FailurePanel error={query.error} retry={() => query.refetch()} />;
  if (query.data === undefined) return <div className="skeleton skeleton-curve" />;
  const model = prepareGeoAnalysis(query.data, words);
  return (
    <div className={query.isPlaceholderData ? "geo-answer is-stale" : "geo-answer"}>
      <div className="geo-head">
        <p className="card-sentence">
          <Sentence text={model.sentence} />
        </p>
        <button type="button" className="button button-quiet" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          <Icon name={isTable ? "chart" : "table"} />
          <span className="button-word">{isTable ? t("chart.showChart") : t("chart.showTable")}</span>
        </button>
        <ExportMenu
          title={t("experiments.analyseTitle")}
          caption={model.caption}
          origin={{ title: t("experiments.analyseTitle"), figures: ["testDesign", "interval"], range: asked.range }}
          table={() => model.table}
          {...(isTable ? {} : { figure })}
        />
      </div>
      {model.cautions.map((caution) => (
        <div key={caution} className="callout callout-small">
          <Icon name="warning" />
          <span>{caution}</span>
        </div>
      ))}
      {isTable ? (
        <DataTable table={model.table} caption={model.caption} />
      ) : (
        <figure className="figure" ref={figure}>
          <GeoTestChart chart={model} />
          <figcaption className="figure-caption">{model.caption}</figcaption>
        </figure>
      )}
      <Methods rows={model.methods} />
      {model.facts.map((fact) => (
        <p key={fact} className="geo-fact">
          {fact}
        </p>
      ))}
      {asked.metric !== "revenue" && <Keep key={JSON.stringify(asked)} asked={asked} />}
    </div>
  );
}
