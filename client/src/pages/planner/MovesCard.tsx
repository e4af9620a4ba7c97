import type { Plan } from "@touchline/server/contract";
import { Card } from "../../app/Card.tsx";
import { Icon } from "../../app/Icon.tsx";
import { ScrollRegion } from "../../app/ScrollRegion.tsx";
import { useWords } from "../../app/words-context.tsx";
import { useWorkspace } from "../../app/workspace-context.ts";
import { hueColour } from "../../charts/channel-colours.ts";
import { Bar } from "../../charts/marks/Bar.tsx";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { type PlanMove, preparePlanMoves } from "../../charts/prepare/plan-moves.ts";

/** A channel takes two lines: its figures, and why they are so. */
function MoveRows({ move }: { move: PlanMove }) {
  const { t } = useWords();
  return (
    <tbody>
      <tr className="move-figures">
        <th scope="rowgroup">
          <span className="channel-name">
            <Swatch hue={move.hue} />
            {move.channel}
          </span>
        </th>
        <td className="bars-cell">
          <Bar share={move.currentBar} colour="var(--spend)" isFaint />
          <Bar share={move.recommendedBar} colour={hueColour(move.hue)} />
        </td>
        <td className="numeric">
          <span className="move-from">{move.current}</span>
          <span className="move-to">{move.recommended}</span>
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
      </tr>
      <tr className="move-why">
        <td colSpan={4}>
          {move.reason}
          {move.flags.map((flag) => (
            <span key={flag} className="move-flag" title={t(`curves.flagsWhy.${flag}`)}>
              <Icon name="warning" /> {t(`curves.flags.${flag}`)}.
            </span>
          ))}
        </td>
      </tr>
    </tbody>
  );
}

/** Today beside the plan, channel by channel, and why each one moves. */
export function MovesCard({ plan, isPending }: { plan: Plan; isPending: boolean }) {
  const words = useWords();
  const { t } = words;
  const { hues } = useWorkspace();
  const moves = preparePlanMoves(plan, hues, words);
  return (
    <Card
      title={t("planner.moves")}
      sentence={moves.sentence}
      className={isPending ? "moves-card is-stale" : "moves-card"}
      isBusy={isPending}
      actions={
        <span className="state-note" role="status">
          {isPending ? t("planner.pending") : ""}
        </span>
      }
    >
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
      </p>
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
            </tr>
          </thead>
          {moves.rows.map((move) => (
            <MoveRows key={move.channel} move={move} />
          ))}
          <tfoot>
            <tr>
              <th scope="row">{t("words.total")}</th>
              <td className="bars-cell" />
              <td className="numeric">
                <span className="move-from">{moves.total.current}</span>
                <span className="move-to">{moves.total.recommended}</span>
              </td>
              <td className="numeric">{moves.total.change}</td>
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
    </Card>
  );
}
