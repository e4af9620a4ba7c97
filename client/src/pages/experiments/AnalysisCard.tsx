import type { AnalyseInput, GeoMetric, GeoRegions } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import { useWorkspace } from "../../app/workspace-context.ts";
import { parseAmount } from "../../format/parse-amount.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { AnalysisResult } from "./AnalysisResult.tsx";
import { MetricField } from "./DesignCard.tsx";
import { useAnalysis } from "./experiment-queries.ts";
import { ChannelField, TextField } from "./fields.tsx";
import { RegionPicker } from "./RegionPicker.tsx";

interface Props {
  regions: GeoRegions["regions"];
  ticked: readonly string[];
  onTick(ticked: string[]): void;
}

/** What a test that is over brought. */
export function AnalysisCard({ regions, ticked, onTick }: Props) {
  const { t, format } = useWords();
  const { channels } = useWorkspace().status;
  const [channel, setChannel] = useState(channels[0] ?? "");
  const [metric, setMetric] = useState<GeoMetric>("conversions");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [spend, setSpend] = useState("");
  const [isTried, setTried] = useState(false);
  const [asked, setAsked] = useState<AnalyseInput | null>(null);
  const query = useAnalysis(asked);
  const typed = parseAmount(spend, format.language);
  const spendProblem =
    typed.kind === "rejected" ? t(`input.${typed.reason}`, { example: format.amount(1234.5, 2) }) : null;
  const dayProblem = (day: string) => (isTried && day === "" ? t("experiments.missing") : null);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (from === "" || to === "" || ticked.length === 0 || typed.kind === "rejected") return;
    if (from > to) return;
    const spent = typed.kind === "ok" ? { spend: String(typed.value) } : {};
    setAsked({ channel, metric, testRegions: [...ticked], range: { from, to }, ...spent });
  };
  return (
    <Card
      title={t("experiments.analyseTitle")}
      sentence={t("experiments.analyseSentence")}
      isBusy={query.isFetching}
      origin={{ title: t("experiments.analyseTitle"), figures: ["testDesign", "interval"] }}
    >
      <form className="test-form" onSubmit={ask} noValidate>
        <div className="test-fields">
          <ChannelField label={t("experiments.channel")} value={channel} channels={channels} onChange={setChannel} />
          <MetricField value={metric} onChange={setMetric} />
          <TextField
            label={t("experiments.fieldFrom")}
            type="date"
            value={from}
            problem={dayProblem(from)}
            onChange={setFrom}
          />
          <TextField
            label={t("experiments.fieldTo")}
            type="date"
            value={to}
            problem={from !== "" && to !== "" && from > to ? t("range.order") : dayProblem(to)}
            onChange={setTo}
          />
          <TextField
            label={t("experiments.fieldSpend")}
            isNumber
            unit={format.currencySymbol}
            value={spend}
            hint={t("experiments.spendHint")}
            problem={spendProblem}
            onChange={setSpend}
          />
        </div>
        <RegionPicker label={t("experiments.testRegions")} regions={regions} ticked={ticked} onChange={onTick} />
        <div className="test-send">
          <button type="submit" className="button button-primary" disabled={query.isFetching}>
            {t("experiments.analyse")}
          </button>
          <p role="status" className={isTried && ticked.length === 0 ? "field-problem" : "hint"}>
            {query.isFetching
              ? t("experiments.analysing")
              : isTried && ticked.length === 0
                ? t("experiments.tickRegion")
                : ""}
          </p>
        </div>
      </form>
      {asked !== null && <AnalysisResult asked={asked} query={query} />}
    </Card>
  );
}
