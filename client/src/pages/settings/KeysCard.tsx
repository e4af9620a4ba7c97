import type { ServiceKey } from "@touchline/server/contract";
import { FailureLine } from "../../app/FailureLine.tsx";
import { useTimeZone } from "../../app/workspace-context.ts";
import { splitPerson } from "../../format/person-name.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useRevokeKey } from "./settings-queries.ts";

function Row({ row, isBusy, revoke }: { row: ServiceKey; isBusy: boolean; revoke(): void }) {
  const { t, format } = useWords();
  const timeZone = useTimeZone();
  const { name, hint, scopes, createdAt, createdBy, lastUsedAt, revokedAt } = row;
  return (
    <tr className={revokedAt === null ? undefined : "row-over"}>
      <th scope="row">
        {name}
        <code className="cell-below">{hint}…</code>
      </th>
      <td>{scopes.join(", ")}</td>
      <td>
        {format.moment(new Date(createdAt), timeZone)}
        <span className="cell-below" title={createdBy}>
          {splitPerson(createdBy).name}
        </span>
      </td>
      <td>{lastUsedAt === null ? t("settings.never") : format.ago(new Date(lastUsedAt), new Date())}</td>
      <td className="ways-cell">
        {revokedAt === null ? (
          <ConfirmButton
            right="keys:change"
            question={t("settings.revokeQuestion", { name })}
            sure={t("settings.revoke")}
            label={t("settings.revokeOf", { name })}
            isBusy={isBusy}
            act={revoke}
          >
            {t("settings.revoke")}
          </ConfirmButton>
        ) : (
          t("settings.revoked", { day: format.moment(new Date(revokedAt), timeZone) })
        )}
      </td>
    </tr>
  );
}

/** @param props.keys null while they are being asked for */
export function KeysCard({ keys }: { keys: readonly ServiceKey[] | null }) {
  const { t } = useWords();
  const revoke = useRevokeKey();
  const title = t("settings.keysTitle");
  if (keys === null) {
    return (
      <Card title={title} isBusy>
        <div className="skeleton skeleton-table" />
      </Card>
    );
  }
  if (keys.length === 0) return null;
  return (
    <Card title={title} table="shown">
      <FailureLine error={revoke.error} />
      <ScrollRegion label={title}>
        <table className="data-table people-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("settings.key")}</th>
              <th scope="col">{t("settings.scopes")}</th>
              <th scope="col">{t("settings.created")}</th>
              <th scope="col">{t("settings.lastUsed")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {keys.map((row) => (
              <Row key={row.id} row={row} isBusy={revoke.isPending} revoke={() => revoke.mutate({ id: row.id })} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}
