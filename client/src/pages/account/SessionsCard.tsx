import type { SessionRow } from "@touchline/server/contract";
import { FailureLine } from "../../app/FailureLine.tsx";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { useTimeZone } from "../../app/workspace-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useRevokeOtherSessions, useRevokeSession, useSessions } from "./account-queries.ts";
import { nameBrowser } from "./browser-name.ts";

function useBrowserWords() {
  const { t } = useWords();
  return (userAgent: string | null): string => {
    const { browser, system } = nameBrowser(userAgent);
    if (browser === null) return system ?? t("account.unknownBrowser");
    return system === null ? browser : t("account.browserOn", { browser, system });
  };
}

function Row({ session, revoke, isBusy }: { session: SessionRow; revoke(): void; isBusy: boolean }) {
  const { t, format } = useWords();
  const timeZone = useTimeZone();
  const browser = useBrowserWords()(session.userAgent);
  return (
    <tr>
      <th scope="row">
        {browser}
        {session.isThis && <span className="badge badge-quiet badge-beside">{t("account.thisBrowser")}</span>}
      </th>
      <td>{session.ip ?? t("account.unknown")}</td>
      <td>{format.moment(new Date(session.createdAt), timeZone)}</td>
      <td>{format.ago(new Date(session.lastSeenAt), new Date())}</td>
      <td className="ways-cell">
        {!session.isThis && (
          <ConfirmButton
            right={null}
            question={t("account.revokeQuestion", { browser })}
            sure={t("account.revoke")}
            label={t("account.revokeOf", { browser })}
            isBusy={isBusy}
            act={revoke}
          >
            {t("account.revoke")}
          </ConfirmButton>
        )}
      </td>
    </tr>
  );
}

/** Every browser in which the reader is signed in. One that is signed out is out with its next request. */
export function SessionsCard() {
  const { t, format } = useWords();
  const sessions = useSessions();
  const revoke = useRevokeSession();
  const revokeOthers = useRevokeOtherSessions();
  const title = t("account.sessionsTitle");
  if (sessions.data === undefined) {
    return (
      <Card title={title} isBusy={!sessions.isError}>
        {sessions.isError ? (
          <FailurePanel error={sessions.error} retry={() => sessions.refetch()} />
        ) : (
          <div className="skeleton skeleton-table" />
        )}
      </Card>
    );
  }
  const others = sessions.data.filter(({ isThis }) => !isThis).length;
  return (
    <Card
      title={title}
      sentence={others === 0 ? t("account.sessionsOne") : t("account.sessionsMany", { others: format.count(others) })}
      actions={
        others > 0 && (
          <ConfirmButton
            right={null}
            className="button"
            question={t("account.revokeOthersQuestion")}
            sure={t("account.revokeOthers")}
            isBusy={revokeOthers.isPending}
            act={() => revokeOthers.mutate()}
          >
            {t("account.revokeOthers")}
          </ConfirmButton>
        )
      }
    >
      <FailureLine error={revoke.error ?? revokeOthers.error} />
      <ScrollRegion label={title}>
        <table className="data-table people-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("account.browser")}</th>
              <th scope="col">{t("account.address")}</th>
              <th scope="col">{t("account.since")}</th>
              <th scope="col">{t("account.lastSeen")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {sessions.data.map((session) => (
              <Row
                key={session.id}
                session={session}
                isBusy={revoke.isPending}
                revoke={() => revoke.mutate({ id: session.id })}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}
