import type { SeenCampaign } from "@touchline/server/contract";
import { Fragment, useRef, useState } from "react";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { CampaignForm } from "./CampaignForm.tsx";
import type { ChannelOfCampaigns } from "./campaign-rows.ts";

const COLUMNS = ["campaign", "daily", "platform", "bidding", "sharedBudget", "minimum", "step", "learning"] as const;
const NUMERIC: ReadonlySet<string> = new Set(["daily", "minimum", "step"]);

function Cells({ row }: { row: SeenCampaign }) {
  const { t, format } = useWords();
  const { settings } = row;
  const money = (amount: number | null | undefined) => (amount == null ? "" : format.money(amount, 2));
  const target = settings?.target ?? null;
  const isCpa = settings?.bidStrategy === "target-cpa";
  return (
    <>
      <td className="numeric">{format.money(row.dailySpend, 2)}</td>
      <td>
        {settings !== null && t(`campaigns.platformOf.${settings.platform}`)}
        {settings !== null && settings.platformId !== "" && <span className="cell-below">{settings.platformId}</span>}
      </td>
      <td>
        {settings !== null && t(`campaigns.biddingOf.${settings.bidStrategy}`)}
        {target !== null && <span className="cell-below">{isCpa ? format.money(target, 2) : format.roas(target)}</span>}
      </td>
      <td>{settings?.sharedBudget}</td>
      <td className="numeric">{money(settings?.minimumDaily)}</td>
      <td className="numeric">{money(settings?.step)}</td>
      <td>{settings?.learningUntil == null ? "" : format.date(settings.learningUntil)}</td>
    </>
  );
}

/** A channel's campaigns, each with what its platform holds it to; a row opens in place. */
export function ChannelCampaigns({ channel, campaigns, more }: ChannelOfCampaigns) {
  const { t, format } = useWords();
  const [open, setOpen] = useState<string | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const close = (campaign: string, isSaved: boolean) => {
    setOpen(null);
    setSaved(isSaved ? campaign : null);
    // The keyboard goes on where it was: at the button of the row that has closed.
    const place = campaigns.findIndex((each) => each.campaign === campaign);
    requestAnimationFrame(() =>
      table.current?.querySelectorAll<HTMLElement>("tbody tr button.link-button")[place]?.focus(),
    );
  };
  const known = campaigns.filter(({ settings }) => settings !== null).length;
  return (
    <Card
      title={channel}
      sentence={t("campaigns.channelSentence", {
        known: format.count(known),
        all: format.count(campaigns.length + more),
      })}
    >
      <ScrollRegion label={channel}>
        <table ref={table} className="data-table campaigns-table">
          <caption className="visually-hidden">{t("campaigns.captionOf", { channel })}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className={NUMERIC.has(column) ? "numeric" : undefined}>
                  {t(`campaigns.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t("campaigns.change")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {campaigns.map((row) => (
              <Fragment key={row.campaign}>
                <tr>
                  <th scope="row">{row.campaign}</th>
                  <Cells row={row} />
                  <td>
                    <GuardedButton
                      right="plans:activate"
                      type="button"
                      className="link-button"
                      aria-expanded={open === row.campaign}
                      aria-label={t("words.titled", { title: row.campaign, text: t("campaigns.change") })}
                      onClick={() => {
                        setOpen(open === row.campaign ? null : row.campaign);
                        setSaved(null);
                      }}
                    >
                      {t("campaigns.change")}
                    </GuardedButton>
                  </td>
                </tr>
                {open === row.campaign && (
                  <tr>
                    <td colSpan={COLUMNS.length + 1}>
                      <CampaignForm row={row} close={(isSaved) => close(row.campaign, isSaved)} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p role="status" className="hint">
        {saved !== null && t("campaigns.saved", { campaign: saved })}
        {more > 0 && t("campaigns.more", { more: format.count(more) })}
      </p>
    </Card>
  );
}
