import type { Plan } from "@touchline/server/contract";
import { type ReactNode, useContext } from "react";
import { WorkspaceContext } from "../../app/workspace-context.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import type { PlanMove } from "../../charts/prepare/plan-moves.ts";
import { tabulateMoves } from "../../charts/prepare/tables/plan.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { planOrigin } from "../planner/plan-origin.ts";
import { prepareDifference } from "./describe-difference.ts";

function Move({ move, reason }: { move: PlanMove; reason: string }) {
  return (
    <tr>
      <th scope="row">
        <span className="channel-name">
          <Swatch hue={move.hue} />
          {move.channel}
        </span>
      </th>
      <td className="numeric diff-from">{move.current}</td>
      <td className="numeric diff-to">{move.recommended}</td>
      <td className="numeric">
        <span className={`move-change move-${move.direction}`}>
          <Icon name={move.direction} />
          <span className="visually-hidden">{move.word} </span>
          {move.change}
        </span>
        {move.changeShare !== null && <span className="move-share">{move.changeShare}</span>}
      </td>
      <td className="diff-why">{reason}</td>
    </tr>
  );
}

interface Props {
  plan: Plan;
  /** Where it stands among other cards: whose plan it is, and what it would do. */
  title?: string;
  /** By channel, what is said in place of the plan's reason. */
  instead?: ReadonlyMap<string, string>;
  sentence?: string;
  actions?: ReactNode;
  footer?: ReactNode;
}

/** Like the difference of a text under review: what was, what is to be, and why. */
export function DifferenceCard({ plan, instead, actions, footer, ...named }: Props) {
  const words = useWords();
  const { t } = words;
  // A workspace whose data went keeps its proposals: they are then drawn without the channels' colours.
  const hues = useContext(WorkspaceContext)?.hues ?? new Map();
  const { sentence, moves, unchanged, total } = prepareDifference(plan, hues, words);
  return (
    <Card
      title={named.title ?? t("proposals.diff")}
      sentence={named.sentence ?? sentence}
      actions={actions}
      className="diff-card"
      origin={planOrigin(plan, t("proposals.diff"))}
      table={() => tabulateMoves(plan, words)}
    >
      {moves.length > 0 && (
        <ScrollRegion label={t("proposals.diff")}>
          <table className="data-table diff-table">
            <caption className="visually-hidden">
              {t("proposals.diffCaption", { per: t(`planner.per.${plan.period}`) })}
            </caption>
            <thead>
              <tr>
                <th scope="col">{t("words.channel")}</th>
                <th scope="col" className="numeric">
                  {t("proposals.from")}
                </th>
                <th scope="col" className="numeric">
                  {t("proposals.to")}
                </th>
                <th scope="col" className="numeric">
                  {t("proposals.difference")}
                </th>
                <th scope="col">{t("proposals.why")}</th>
              </tr>
            </thead>
            <tbody>
              {moves.map((move) => (
                <Move key={move.channel} move={move} reason={instead?.get(move.channel) ?? move.reason} />
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t("words.total")}</th>
                <td className="numeric">{total.current}</td>
                <td className="numeric">{total.recommended}</td>
                <td className="numeric">{total.change}</td>
                <td />
              </tr>
            </tfoot>
          </table>
        </ScrollRegion>
      )}
      {unchanged.length > 0 && (
        <p className="hint diff-unchanged">{t("proposals.unchanged", { channels: unchanged.join(", ") })}</p>
      )}
      {footer}
    </Card>
  );
}
