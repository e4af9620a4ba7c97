import { Link } from "@tanstack/react-router";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { chartStateOf } from "../../charts/chart-state.ts";
import { type Movement, prepareMovement } from "../../charts/prepare/movement.ts";
import { WaterfallChart, waterfallHeight } from "../../charts/WaterfallChart.tsx";
import { plainText, unitName } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Drawer } from "../../ui/Drawer.tsx";
import { SegmentedChoice } from "../../ui/SegmentedChoice.tsx";
import { Sentence } from "../../ui/Sentence.tsx";
import { type AskedMovement, useMarginals, useMovement } from "./performance-queries.ts";
import { ALL } from "./performance-search.ts";
import { usePerformanceSearch } from "./use-performance-search.ts";

const WAITING_HEIGHT = 280;

function Pieces({ movement }: { movement: Movement }) {
  const { t } = useWords();
  if (movement.pieces.length < 2) return null;
  return (
    <section className="drawer-part">
      <h3>{t("performance.why.inside")}</h3>
      <table className="data-table pieces-table">
        <tbody>
          {movement.pieces.map((piece) => (
            <tr key={piece.id} className={piece.isBaseline ? "row-no-touch" : undefined}>
              <th scope="row">{piece.name}</th>
              <td className="piece-bar">
                <svg width="100%" height={8} aria-hidden="true">
                  <rect
                    className={piece.bar >= 0 ? "waterfall-up" : "waterfall-down"}
                    x={`${piece.bar >= 0 ? 50 : 50 + piece.bar * 50}%`}
                    width={`${Math.abs(piece.bar) * 50}%`}
                    height={8}
                    rx={2}
                  />
                  <line className="interval-zero" x1="50%" x2="50%" y2={8} />
                </svg>
              </td>
              <td className="numeric">{piece.change.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function NextWays({ channel }: { channel: string | null }) {
  const { t } = useWords();
  return (
    <nav className="drawer-part drawer-ways" aria-label={t("performance.why.next")}>
      <h3>{t("performance.why.next")}</h3>
      <Link className="button" to="/curves" search={true}>
        {t("performance.why.curve")}
      </Link>
      <Link className="button" to="/planner" search={true}>
        {t("performance.why.plan")}
      </Link>
      <Link
        className="button"
        to="/journeys"
        search={(before) => ({ ...before, ...(channel === null ? {} : { through: channel }) })}
      >
        {t("performance.why.journeys")}
      </Link>
      <Link className="button" to="/tests" search={true}>
        {t("performance.why.test")}
      </Link>
    </nav>
  );
}

function Explanation({ asked, name }: { asked: AskedMovement; name: string }) {
  const words = useWords();
  const { t, format } = words;
  const { range, compared, model } = useWorkspace();
  const query = useMovement(asked, true);
  const marginals = useMarginals(false, asked.channel !== null);
  const state = chartStateOf(query);
  if (compared === null) return <p>{t("performance.why.none")}</p>;
  if (state.kind === "error") return <FailurePanel error={state.error} retry={state.retry} />;
  const point = marginals.data?.rows.find((row) => row.channel === asked.channel && row.campaign === null);
  const movement =
    query.data === undefined
      ? null
      : prepareMovement(
          query.data,
          {
            name,
            isTotal: asked.channel === null,
            baseline: t(
              model === "incremental" || asked.measure === "incremental" ? "words.baseline" : "words.noTouch",
            ),
            marginal:
              point === undefined || !(point.spend > 0)
                ? null
                : t("performance.fact.curve", {
                    ...{ unit: unitName(words), marginal: format.money(point.marginalRoas, 2) },
                    average: format.money(point.revenue / point.spend, 2),
                  }),
          },
          words,
        );
  return (
    <>
      <p className="drawer-lead">
        {movement === null ? <span className="skeleton skeleton-line" /> : <Sentence text={movement.sentence} />}
      </p>
      <p className="hint">
        {t("performance.why.compared", {
          now: format.range(range.from, range.to),
          before: format.range(compared.from, compared.to),
        })}
        {movement !== null && ` ${movement.noise}`}
      </p>
      <ChartFrame
        className="drawer-chart"
        title={t("performance.why.waterfall")}
        state={state}
        model={movement}
        height={movement === null ? WAITING_HEIGHT : waterfallHeight(movement)}
        origin={{
          title: plainText(t("performance.why.title", { name })),
          figures: ["change", "creditedRevenue"],
          ...{ range, model, result: query.data?.origin ?? null },
        }}
      >
        {(chart) => <WaterfallChart chart={chart} />}
      </ChartFrame>
      {movement !== null && (
        <>
          <Pieces movement={movement} />
          <section className="drawer-part">
            <h3>{t("performance.why.facts")}</h3>
            <ul className="drawer-list">
              {movement.facts.map(({ id, text }) => (
                <li key={id}>{text}</li>
              ))}
            </ul>
          </section>
        </>
      )}
      <NextWays channel={asked.channel} />
    </>
  );
}

/** Why a channel, a campaign or everything moved; which one stands in the address. */
export function WhyDrawer() {
  const { t } = useWords();
  const { scope, compared, model } = useWorkspace();
  const { search, change } = usePerformanceSearch();
  const { why, whyCampaign, whyBy } = search;
  const isOpen = why !== undefined;
  const channel = why === undefined || why === ALL ? null : why;
  const name = channel === null ? t("performance.why.everything") : (whyCampaign ?? channel);
  const measure = model === "incremental" || whyBy === undefined ? "credited" : whyBy;
  return (
    <Drawer
      isWide
      title={t("performance.why.title", { name })}
      isOpen={isOpen}
      close={() => change({ why: undefined, whyCampaign: undefined, whyBy: undefined })}
    >
      {model !== "incremental" && (
        <SegmentedChoice
          label={t("performance.why.measure")}
          value={measure}
          choices={(["credited", "incremental"] as const).map((value) => ({
            value,
            text: value === "credited" ? t(`models.${model}`) : t("models.incremental"),
          }))}
          onChange={(value) => change({ whyBy: value === "credited" ? undefined : value })}
        />
      )}
      <Explanation asked={{ scope, compare: compared, channel, campaign: whyCampaign ?? null, measure }} name={name} />
    </Drawer>
  );
}
