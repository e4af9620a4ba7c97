import { Link } from "@tanstack/react-router";
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
        {t(`review.activation.actionOf.${action}`)}
        {target !== null && (
          <span className="cell-below">
            {t("review.activation.target", {
              kind: target.kind === "cpa" ? "CPA" : "ROAS",
              from: target.from === null ? "–" : format.roas(target.from),
              to: format.roas(target.to),
            })}
          </span>
        )}
      </td>
      <td className="check-words" title={row.text}>
        {t(`review.activation.reasonOf.${reason}`)}
        {action === "left" && (
          <Link
            to="/settings/campaigns"
            search={{ find: campaign }}
            className="cell-below"
            aria-label={t("words.titled", { title: campaign, text: t("review.activation.settingsOf") })}
          >
            {t("review.activation.settingsOf")}
          </Link>
        )}
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
            <summary>{t("review.activation.campaigns", { channel })}</summary>
            <ScrollRegion label={t("review.activation.campaigns", { channel })}>
              <table className="data-table proposals-table">
                <caption className="visually-hidden">{t("review.activation.campaigns", { channel })}</caption>
                <thead>
                  <tr>
                    {COLUMNS.map((column) => (
                      <th key={column} scope="col" className={NUMERIC.has(column) ? "numeric" : undefined}>
                        {t(`review.activation.${column}`)}
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
