import type { PrivacyRequest } from "@touchline/server/contract";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useTimeZone } from "../../app/workspace-context.ts";
import { splitPerson } from "../../format/person-name.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Explained } from "../../ui/Explained.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useRequests } from "./privacy-queries.ts";

function Request({ request }: { request: PrivacyRequest }) {
  const { t, format } = useWords();
  const timeZone = useTimeZone();
  const { kind, print, doneBy, doneAt, isComplete, rows, rowsLeft } = request;
  const who = splitPerson(doneBy);
  const found = Object.values(rows).reduce((total, count) => total + count, 0);
  return (
    <tr>
      <td>
        <time dateTime={doneAt}>{format.moment(new Date(doneAt), timeZone)}</time>
      </td>
      <th scope="row">{t(`privacy.kinds.${kind}`)}</th>
      <td>
        <code>{print}</code>
      </td>
      <td>
        {who.name}
        {who.email !== null && <span className="cell-interval">{who.email}</span>}
      </td>
      <td className="numeric">{format.count(found)}</td>
      <td className="numeric">{rowsLeft === null ? "–" : format.count(rowsLeft)}</td>
      <td>
        <span className={isComplete ? "request-state" : "request-state request-open"}>
          <Icon name={isComplete ? "check" : "warning"} />
          {t(isComplete ? "privacy.complete" : "privacy.incomplete")}
        </span>
      </td>
    </tr>
  );
}

/** What was asked, what was done, and what a look afterwards found. */
export function RequestsCard() {
  const { t, format } = useWords();
  const query = useRequests();
  const list = query.data ?? [];
  const sentence =
    query.data === undefined || list.length === 0
      ? undefined
      : list.length === 1
        ? t("privacy.requestsSentenceOne")
        : t("privacy.requestsSentence", { total: format.count(list.length) });
  return (
    <Card
      title={t("privacy.requestsTitle")}
      sentence={sentence}
      isBusy={query.isPending}
      table={list.length > 0 ? "shown" : undefined}
    >
      {query.isError && query.data === undefined && <FailurePanel error={query.error} retry={() => query.refetch()} />}
      {query.isPending && <div className="skeleton skeleton-sources" />}
      {query.data !== undefined && list.length === 0 && <p className="card-empty">{t("privacy.requestsNone")}</p>}
      {list.length > 0 && (
        <ScrollRegion label={t("privacy.requestsTitle")}>
          <table className="data-table requests-table">
            <caption className="visually-hidden">{t("privacy.requestsTitle")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("privacy.when")}</th>
                <th scope="col">{t("privacy.kind")}</th>
                <th scope="col">{t("privacy.print")}</th>
                <th scope="col">{t("privacy.by")}</th>
                <th scope="col" className="numeric">
                  {t("privacy.found")}
                </th>
                <th scope="col" className="numeric">
                  <Explained why={t("privacy.leftWhy")}>{t("privacy.left")}</Explained>
                </th>
                <th scope="col">{t("privacy.complete")}</th>
              </tr>
            </thead>
            <tbody>
              {list.map((request) => (
                <Request key={request.id} request={request} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Card>
  );
}
