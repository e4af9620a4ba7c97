import type { Plan } from "@touchline/server/contract";
import { lazy, Suspense } from "react";
import { chunk } from "../../app/chunk.ts";
import { useWorkspace } from "../../app/workspace-context.ts";
import { Bar } from "../../charts/marks/Bar.tsx";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { type PlanMove, preparePlanMoves } from "../../charts/prepare/plan-moves.ts";
import { tabulateMoves } from "../../charts/prepare/tables/plan.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Explained } from "../../ui/Explained.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Figure } from "./Figure.tsx";
import type { Limits } from "./limits.ts";
import { planOrigin } from "./plan-origin.ts";
import { SpendBar } from "./SpendBar.tsx";
import { type Trial, useTrialPlan } from "./use-trial.ts";

const trialPanel = chunk(() => import("./TrialPanel.tsx"), "studies");
const TrialPanel = lazy(async () => ({ default: (await trialPanel()).TrialPanel }));

const COLUMNS = 5;

interface RowProps {
  move: PlanMove;
  longest: number;
  isTried: boolean;
  onTry(trial: Trial | null): void;
}

/** A channel takes two lines: its figures, and why they are so. */
function MoveRows({ move, longest, isTried, onTry }: RowProps) {
  const { t } = useWords();
  const { channel } = move;
  return (
    <tbody className={isTried ? "move-tried" : undefined}>
      <tr className="move-figures">
        <th scope="rowgroup">
          <span className="channel-name">
            <Swatch hue={move.hue} />
            {channel}
          </span>
        </th>
        <td className="bars-cell">
          <Bar share={move.currentBar} colour="var(--spend)" isFaint />
          <SpendBar
            move={move}
            longest={longest}
            isTried={isTried}
            onTry={(spend) => onTry(spend === null ? null : { channel, spend })}
          />
        </td>
        <td className="numeric">
          <Figure className="move-from" topic={{ of: "current", channel }} text={move.current} />
          <Figure
            className="move-to"
            topic={{ of: isTried ? "tried" : "recommended", channel }}
            text={move.recommended}
          />
        </td>
        <td className="numeric">
          <span className={`move-change move-${move.direction}`}>
            <Icon name={move.direction} />
            <span className="visually-hidden">{move.word} </span>
            {move.direction === "same" ? move.word : move.change}
          </span>
          {move.direction !== "same" && move.changeShare !== null && (
            <span className="move-share">{move.changeShare}</span>
          )}
        </td>
        <td className="numeric">
          {move.marginal !== null && <Figure topic={{ of: "marginal", channel }} text={move.marginal} />}
        </td>
      </tr>
      <tr className="move-why">
        <td colSpan={COLUMNS}>
          {move.reason}
          {move.flags.map((flag) => (
            <Explained key={flag} className="move-flag" why={t(`curves.flagsWhy.${flag}`)}>
              <Icon name="warning" /> {t(`curves.flags.${flag}`)}
            </Explained>
          ))}
        </td>
      </tr>
    </tbody>
  );
}

interface Props {
  plan: Plan;
  limits: Limits;
  isPending: boolean;
  change(limits: Limits): void;
}

/** Today beside the plan, channel by channel, why each one moves, and what another spend of one would do. */
export function MovesCard({ plan, limits, isPending, change }: Props) {
  const words = useWords();
  const { t } = words;
  const { hues } = useWorkspace();
  const { trial, setTrial, tried, answer, isPending: isTrying, query } = useTrialPlan(plan, limits);
  const moves = preparePlanMoves(plan, hues, words, tried);
  return (
    <Card
      title={t("planner.moves")}
      sentence={moves.sentence}
      className={isPending ? "moves-card is-stale" : "moves-card"}
      isBusy={isPending}
      origin={planOrigin(plan, t("planner.moves"))}
      table={() => tabulateMoves(plan, words)}
      actions={
        <span className="state-note" role="status">
          {isPending ? t("planner.pending") : ""}
        </span>
      }
    >
      {trial === null ? (
        <p className="moves-legend">
          <span className="legend-item">
            <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
              <rect y="2" width="16" height="4" rx="2" className="legend-spend" />
            </svg>
            {t("words.today")}
          </span>
          <span className="legend-item">
            <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
              <rect width="16" height="8" rx="2" className="legend-revenue" />
            </svg>
            {t("words.recommended")}
          </span>
          <span className="legend-hint">{t("planner.trialHint")}</span>
        </p>
      ) : (
        <Suspense>
          <TrialPanel
            plan={plan}
            limits={limits}
            trial={trial}
            answer={answer}
            isPending={isTrying}
            error={query.error}
            retry={() => query.refetch()}
            drop={() => setTrial(null)}
            change={change}
          />
        </Suspense>
      )}
      <ScrollRegion label={t("planner.moves")}>
        <table className="data-table moves-table">
          <caption className="visually-hidden">
            {t("planner.movesCaption", { per: t(`planner.per.${plan.period}`) })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t("words.channel")}</th>
              <td className="bars-head" />
              <th scope="col" className="numeric">
                {t("words.spend")}
              </th>
              <th scope="col" className="numeric">
                {t("planner.change")}
              </th>
              <th scope="col" className="numeric head-wraps">
                {t("curves.marginal")}
              </th>
            </tr>
          </thead>
          {moves.rows.map((move) => (
            <MoveRows
              key={move.channel}
              move={move}
              longest={moves.longest}
              isTried={trial?.channel === move.channel}
              onTry={setTrial}
            />
          ))}
          <tfoot>
            <tr>
              <th scope="row">{t("words.total")}</th>
              <td />
              <td className="numeric">
                <span className="move-from">{moves.total.current}</span>
                <span className="move-to">{moves.total.recommended}</span>
              </td>
              <td className="numeric">{moves.total.change}</td>
              <td />
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
    </Card>
  );
}
