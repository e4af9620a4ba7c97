import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ChannelCurve, type Curves, DAYS_PER_PERIOD, type Plan } from "@touchline/server/contract";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useCurves, usePlan } from "../app/queries.ts";
import { useWorkspace } from "../app/workspace-context.ts";
import { ChartFrame } from "../charts/ChartFrame.tsx";
import { type ChartState, chartStateOf } from "../charts/chart-state.ts";
import { Swatch } from "../charts/marks/Swatch.tsx";
import { wordMissingCurve } from "../charts/prepare/missing-curve.ts";
import {
  type CurveDomains,
  curveDomains,
  prepareResponseCurve,
  sharedDomains,
  writeCurvesHeadline,
} from "../charts/prepare/response-curve.ts";
import { CURVE_HEIGHT, ResponseCurveChart } from "../charts/ResponseCurveChart.tsx";
import { unitName } from "../i18n/words.ts";
import { useWords } from "../i18n/words-context.tsx";
import { Card } from "../ui/Card.tsx";
import type { FigureOrigin } from "../ui/origin-context.ts";
import { CurveFacts } from "./curves/CurveFacts.tsx";
import { DEFAULT_LIMITS } from "./planner/limits.ts";

const SKELETONS = ["first", "second", "third", "fourth"] as const;

interface CurveCardProps {
  curve: ChannelCurve;
  domains: CurveDomains;
  state: ChartState;
  /** Of a day; null while the plan is on its way, or where there is none. */
  recommendedSpend: number | null;
  origin(title: string): FigureOrigin;
}

function CurveCard({ curve, domains, state, recommendedSpend, origin }: CurveCardProps) {
  const words = useWords();
  const { hues } = useWorkspace();
  const model = prepareResponseCurve(curve, hues.get(curve.channel), domains, words, recommendedSpend);
  return (
    <ChartFrame
      title={
        <span className="channel-name">
          <Swatch hue={model.hue} />
          {curve.channel}
        </span>
      }
      name={curve.channel}
      origin={origin(curve.channel)}
      sentence={model.sentence}
      state={state}
      model={model}
      isEmpty={curve.line.length === 0}
      height={CURVE_HEIGHT}
      className="curve-card"
      footer={<CurveFacts model={model} />}
    >
      {(chart) => <ResponseCurveChart chart={chart} />}
    </ChartFrame>
  );
}

function WithoutCurve({ rows }: { rows: Curves["withoutCurve"] }) {
  const words = useWords();
  const { t } = words;
  const { hues } = useWorkspace();
  if (rows.length === 0) return null;
  return (
    <Card title={t("curves.without")} sentence={t("curves.withoutSentence")} table="shown">
      <div className="table-scroll">
        <table className="data-table">
          <caption className="visually-hidden">{t("curves.without")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("words.channel")}</th>
              <th scope="col">{t("curves.reason")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.channel}>
                <th scope="row">
                  <span className="channel-name">
                    <Swatch hue={hues.get(row.channel)} />
                    {row.channel}
                  </span>
                </th>
                <td>{wordMissingCurve(row, words)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** What the plan without limits of one's own would spend on each channel a day. */
function recommendedSpends(plan: Plan | undefined): ReadonlyMap<string, number> {
  if (plan?.status !== "optimal") return new Map();
  const days = DAYS_PER_PERIOD[plan.period];
  return new Map(plan.allocation.map(({ channel, recommended }) => [channel, Number(recommended) / days]));
}

export function CurvesPage() {
  const words = useWords();
  const { t, format } = words;
  const { axes } = useSearch({ from: "/curves" });
  const navigate = useNavigate({ from: "/curves" });
  const isShared = axes === "same";
  const query = useCurves();
  const recommended = recommendedSpends(usePlan(DEFAULT_LIMITS).data);
  usePageTitle(t("curves.title"));
  const share = (isWanted: boolean) =>
    navigate({
      search: ({ axes: _before, ...rest }) => (isWanted ? { ...rest, axes: "same" as const } : rest),
      replace: true,
      resetScroll: false,
    });
  const state = chartStateOf(query);
  const curves = query.data;
  if (state.kind === "error") return <FailurePanel error={state.error} retry={state.retry} isPage />;
  if (curves === undefined) {
    return (
      <div className="page-grid" aria-busy="true">
        <PageHead title={t("curves.title")} headline={null} />
        <div className="curves">
          {SKELETONS.map((place) => (
            <div key={place} className="skeleton skeleton-curve" />
          ))}
        </div>
      </div>
    );
  }
  const ordered = [...curves.channels].sort((a, b) => b.current.spend - a.current.spend);
  const shared = sharedDomains(ordered);
  return (
    <div className="page-grid">
      <div className="page-head-row">
        <PageHead
          title={t("curves.title")}
          headline={writeCurvesHeadline(curves, words)}
          sub={t("curves.sub", {
            model: t(`models.${curves.model}`),
            range: format.range(curves.days.from, curves.days.to),
          })}
        />
        {ordered.length > 1 && (
          <label className="toggle" title={t("curves.sameAxesWhy")}>
            <input type="checkbox" checked={isShared} onChange={(event) => share(event.target.checked)} />
            <span>{t("curves.sameAxes")}</span>
          </label>
        )}
      </div>
      {ordered.length > 0 && <p className="hint curves-guide">{t("curves.guide", { unit: unitName(words) })}</p>}
      <div className="curves">
        {ordered.map((curve) => (
          <CurveCard
            key={curve.channel}
            curve={curve}
            origin={(title) => ({
              ...{ title, figures: ["curve", "marginalRoas", "interval"] },
              ...{ range: curves.days, model: curves.model, run: curves.run },
            })}
            recommendedSpend={recommended.get(curve.channel) ?? null}
            domains={isShared ? shared : curveDomains(curve)}
            state={state.kind === "kept" ? { kind: "ready" } : state}
          />
        ))}
      </div>
      <WithoutCurve rows={curves.withoutCurve} />
    </div>
  );
}
