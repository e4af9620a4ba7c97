import type { ActivationCampaign, ChannelActivation } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

const COLUMNS = ["campaign", "from", "to", "action", "why"] as const;
const NUMERIC: ReadonlySet<string> = new Set(["from", "to"]);

function Line({ row }: { row: ActivationCampaign }) {
  const { t, format } = useWords();
  const { campaign, from, to, action, target, reason } = row;
  return (
    <tr>
      <th scope="row">{campaign}</th>
      <td className="numeric">{format.money(from, 2)}</td>
      <td className="numeric">{format.money(to, 2)}</td>
      <td>
        {t(`rebalancing.activation.actionOf.${action}`)}
        {target !== null && (
          <span className="cell-below">
            {t("rebalancing.activation.target", {
              kind: target.kind === "cpa" ? "CPA" : "ROAS",
              from: target.from === null ? "–" : format.roas(target.from),
              to: format.roas(target.to),
            })}
          </span>
        )}
      </td>
      <td className="check-words" title={row.text}>
        {t(`rebalancing.activation.reasonOf.${reason}`)}
      </td>
    </tr>
  );
}

/** How each channel's move is split over its campaigns. */
export function CampaignParts({ channels }: { channels: readonly ChannelActivation[] }) {
  const { t } = useWords();
  return (
    <>
      {channels
        .filter(({ campaigns }) => campaigns.length > 0)
        .map(({ channel, campaigns }) => (
          <details key={channel} className="campaign-parts">
            <summary>{t("rebalancing.activation.campaigns", { channel })}</summary>
            <ScrollRegion label={t("rebalancing.activation.campaigns", { channel })}>
              <table className="data-table proposals-table">
                <caption className="visually-hidden">{t("rebalancing.activation.campaigns", { channel })}</caption>
                <thead>
                  <tr>
                    {COLUMNS.map((column) => (
                      <th key={column} scope="col" className={NUMERIC.has(column) ? "numeric" : undefined}>
                        {t(`rebalancing.activation.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {campaigns.map((row) => (
                    <Line key={row.campaign} row={row} />
                  ))}
                </tbody>
              </table>
            </ScrollRegion>
          </details>
        ))}
    </>
  );
}
