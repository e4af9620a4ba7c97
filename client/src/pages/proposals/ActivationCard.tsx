import type { Activation, ChannelActivation } from "@touchline/server/contract";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMembership } from "../../app/me-context.ts";
import { useMay } from "../../app/use-may.ts";
import { useTimeZone } from "../../app/workspace-context.ts";
import { findText } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { CampaignParts } from "./CampaignParts.tsx";
import { useActivation, useMarkSent, useWayBack } from "./proposal-queries.ts";

const ICONS = { approved: "more", sent: "upload", confirmed: "check", returned: "reset" } as const;
const COLUMNS = ["state", "from", "to", "seen"] as const;
const LOOKS = { approved: "proposed", sent: "withdrawn", confirmed: "approved", returned: "withdrawn" } as const;

function Line({ row, proposalId }: { row: ChannelActivation; proposalId: string }) {
  const { t, format } = useWords();
  const timeZone = useTimeZone();
  const mark = useMarkSent();
  const { channel, state, fromDaily, toDaily, seenDaily, sentAt, sentThrough, confirmedAt } = row;
  const through =
    sentThrough === null ? "" : (findText(t, `review.activation.throughOf.${sentThrough}`) ?? sentThrough);
  const when = (at: string) => format.moment(new Date(at), timeZone);
  const note =
    confirmedAt !== null
      ? t("review.activation.confirmedAt", { when: when(confirmedAt) })
      : sentAt !== null
        ? t("review.activation.sentAt", { when: when(sentAt), through })
        : null;
  return (
    <tr>
      <th scope="row">{channel}</th>
      <td>
        <span className={`proposal-state proposal-${LOOKS[state]}`}>
          <Icon name={ICONS[state]} />
          {t(`review.activation.stateOf.${state}`)}
        </span>
        {note !== null && <span className="cell-below">{note}</span>}
        {state === "approved" && (
          <GuardedButton
            right="plans:activate"
            type="button"
            className="link-button"
            aria-label={t("words.titled", { title: channel, text: t("review.activation.markSent") })}
            disabled={mark.isPending}
            onClick={() => mark.mutate({ proposalId, channels: [channel], through: "hand" })}
          >
            {t("review.activation.markSent")}
          </GuardedButton>
        )}
      </td>
      <td className="numeric">{format.money(fromDaily, 2)}</td>
      <td className="numeric">{format.money(toDaily, 2)}</td>
      <td className="numeric">{seenDaily === null ? "" : format.money(seenDaily, 2)}</td>
    </tr>
  );
}

/** A file for each platform that has campaigns in the plan; what it leaves out stands below. */
function Files({ activation: { files, proposalId } }: { activation: Activation }) {
  const { t, format } = useWords();
  const { may } = useMay("plans:activate");
  const { id: workspace } = useMembership();
  const shown = files.filter(({ campaigns, leftOut }) => campaigns + leftOut.length > 0);
  if (!may || shown.length === 0) return null;
  return (
    <div className="result-part">
      <h3>{t("review.activation.downloads")}</h3>
      <div className="decision-buttons">
        {shown
          .filter(({ campaigns }) => campaigns > 0)
          .map((file) => (
            <a
              key={file.format}
              className="button"
              href={`/export/${workspace}/activation/${proposalId}/${file.format}`}
              download
            >
              <Icon name="download" />
              {t("review.activation.fileOf", {
                format: t(`review.activation.formatOf.${file.format}`),
                count: file.campaigns,
              })}
            </a>
          ))}
      </div>
      {shown
        .filter(({ leftOut }) => leftOut.length > 0)
        .map((file) => (
          <p key={file.format} className="hint">
            {t("review.activation.leftOut", {
              format: t(`review.activation.formatOf.${file.format}`),
              campaigns: format.count(file.leftOut.length),
            })}
          </p>
        ))}
    </div>
  );
}

function WayBack({ activation: { proposalId, wayBack } }: { activation: Activation }) {
  const { t } = useWords();
  const back = useWayBack();
  if (wayBack === "not-approved" || wayBack === "nothing-moved") return null;
  return (
    <div className="result-part">
      <p className="hint">{t("review.activation.wayBackTo")}</p>
      {back.isSuccess ? (
        <p role="status">
          {t(back.data.isApproved ? "review.activation.wayBackApproved" : "review.activation.wayBackDone")}
        </p>
      ) : (
        <ConfirmButton
          right="plans:activate"
          whyNot={wayBack === "possible" ? null : t(`review.activation.wayBackWhy.${wayBack}`)}
          className="button"
          question={t("review.activation.wayBackQuestion")}
          sure={t("review.activation.wayBackSure")}
          isBusy={back.isPending}
          act={() => back.mutate({ proposalId, remark: "" })}
        >
          {t("review.activation.wayBack")}
        </ConfirmButton>
      )}
      <FailureLine error={back.error} />
    </div>
  );
}

function Loaded({ activation }: { activation: Activation }) {
  const { t } = useWords();
  const mark = useMarkSent();
  const { channels, proposalId } = activation;
  const open = channels.filter(({ state }) => state === "approved").map(({ channel }) => channel);
  return (
    <>
      <ScrollRegion label={t("review.activation.title")}>
        <table className="data-table proposals-table">
          <caption className="visually-hidden">{t("review.activation.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("review.activation.channel")}</th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className={column === "state" ? undefined : "numeric"}>
                  {t(`review.activation.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {channels.map((row) => (
              <Line key={row.channel} row={row} proposalId={proposalId} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {open.length > 1 && (
        <GuardedButton
          right="plans:activate"
          type="button"
          className="button"
          disabled={mark.isPending}
          onClick={() => mark.mutate({ proposalId, channels: open, through: "hand" })}
        >
          {t("review.activation.markAll")}
        </GuardedButton>
      )}
      <FailureLine error={mark.error} />
      <CampaignParts channels={channels} />
      <Files activation={activation} />
      <WayBack activation={activation} />
    </>
  );
}

/** An approved plan on its way to the platforms, channel by channel, with its files and the way back. */
export function ActivationCard({ proposalId }: { proposalId: string }) {
  const { t } = useWords();
  const { data, isPending, error } = useActivation(proposalId);
  return (
    <Card
      title={t("review.activation.title")}
      sentence={t("review.activation.sentence")}
      className="activation-card"
      isBusy={isPending}
      origin={{ title: t("review.activation.title"), figures: ["plan", "spend"] }}
      table={data === undefined || data.channels.length === 0 ? undefined : "shown"}
    >
      <FailureLine error={error} />
      {data !== undefined &&
        (data.channels.length === 0 ? (
          <p className="hint">{t("review.activation.none")}</p>
        ) : (
          <Loaded activation={data} />
        ))}
    </Card>
  );
}
