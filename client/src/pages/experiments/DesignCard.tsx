import type { DesignInput, GeoMetric, GeoRegions } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { type DesignModel, prepareDesigns } from "../../charts/prepare/experiments-design.ts";
import { tabulateDesigns } from "../../charts/prepare/tables/experiments.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Sentence } from "../../ui/Sentence.tsx";
import { useDesign } from "./experiment-queries.ts";
import { ChannelField, SelectField } from "./fields.tsx";
import { RegionPicker } from "./RegionPicker.tsx";

const LENGTHS = [7, 14, 21, 28, 42] as const;

/** Conversions or revenue. */
export function MetricField({ value, onChange }: { value: GeoMetric; onChange(value: GeoMetric): void }) {
  const { t } = useWords();
  return (
    <SelectField
      label={t("experiments.metric")}
      value={value}
      onChange={(metric) => onChange(metric === "revenue" ? "revenue" : "conversions")}
    >
      <option value="conversions">{t("experiments.metrics.conversions")}</option>
      <option value="revenue">{t("experiments.metrics.revenue")}</option>
    </SelectField>
  );
}

function Designs({ model, choose }: { model: DesignModel; choose(regions: readonly string[]): void }) {
  const { t } = useWords();
  return (
    <div className="geo-answer">
      <p className="card-sentence">
        <Sentence text={model.sentence} />
      </p>
      {model.facts.map((fact) => (
        <p key={fact} className="geo-fact">
          <Sentence text={fact} />
        </p>
      ))}
      <ScrollRegion label={t("experiments.designTitle")}>
        <table className="data-table">
          <caption className="visually-hidden">{t("experiments.designTitle")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("experiments.testRegions")}</th>
              {(["share", "smallest", "falseAlarms", "fitError"] as const).map((name) => (
                <th key={name} scope="col" className="numeric">
                  {t(`experiments.${name}`)}
                </th>
              ))}
              <th scope="col" aria-label={t("experiments.useThese")} />
            </tr>
          </thead>
          <tbody>
            {model.rows.map((row) => (
              <tr key={row.id}>
                <th scope="row" className="region-names">
                  {row.names}
                </th>
                <td className="numeric">{row.share}</td>
                <td className="numeric numeric-main">{row.smallest}</td>
                <td className="numeric">{row.falseAlarms}</td>
                <td className="numeric">{row.fitError}</td>
                <td className="numeric">
                  <button type="button" className="link-button" onClick={() => choose(row.regions)}>
                    {t("experiments.useThese")}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="hint">{model.caption}</p>
    </div>
  );
}

interface Props {
  regions: GeoRegions["regions"];
  /** Hands the regions of a design to the analysis. */
  choose(regions: readonly string[]): void;
}

/** Regions, power and cost of a test to come. */
export function DesignCard({ regions, choose }: Props) {
  const words = useWords();
  const { t, format } = words;
  const { channels } = useWorkspace().status;
  const [channel, setChannel] = useState(channels[0] ?? "");
  const [metric, setMetric] = useState<GeoMetric>("conversions");
  const [days, setDays] = useState(21);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<DesignInput | null>(null);
  const query = useDesign(asked);
  const answer = query.data;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    setAsked({ channel, metric, days, regions: [...ticked] });
  };
  return (
    <Card
      title={t("experiments.designTitle")}
      sentence={t("experiments.designSentence")}
      isBusy={query.isFetching}
      origin={{ title: t("experiments.designTitle"), figures: ["testDesign"] }}
      table={answer === undefined ? undefined : () => tabulateDesigns(answer, words)}
    >
      <form className="test-form" onSubmit={ask}>
        <div className="test-fields">
          <ChannelField label={t("experiments.channel")} value={channel} channels={channels} onChange={setChannel} />
          <MetricField value={metric} onChange={setMetric} />
          <SelectField
            label={t("experiments.lasting")}
            value={String(days)}
            onChange={(length) => setDays(Number(length))}
          >
            {LENGTHS.map((length) => (
              <option key={length} value={length}>
                {format.days(length)}
              </option>
            ))}
          </SelectField>
        </div>
        <RegionPicker
          label={t("experiments.wished")}
          hint={t("experiments.wishedHint")}
          regions={regions}
          ticked={ticked}
          onChange={setTicked}
        />
        <div className="test-send">
          <button type="submit" className="button button-primary" disabled={query.isFetching}>
            {t("experiments.run")}
          </button>
          <p role="status" className="hint">
            {query.isFetching ? t("experiments.running") : ""}
          </p>
        </div>
      </form>
      {query.isError && <FailurePanel error={query.error} retry={() => query.refetch()} />}
      {query.data !== undefined && !query.isError && (
        <div className={query.isPlaceholderData ? "is-stale" : undefined}>
          <Designs model={prepareDesigns(query.data, words)} choose={choose} />
        </div>
      )}
    </Card>
  );
}
