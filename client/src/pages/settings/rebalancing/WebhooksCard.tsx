import type { Delivery, Webhook } from "@touchline/server/contract";
import { FailureLine } from "../../../app/FailureLine.tsx";
import { GuardedButton } from "../../../app/GuardedButton.tsx";
import { useTimeZone } from "../../../app/workspace-context.ts";
import { useWords } from "../../../i18n/words-context.tsx";
import { Card } from "../../../ui/Card.tsx";
import { ConfirmButton } from "../../../ui/ConfirmButton.tsx";
import { ScrollRegion } from "../../../ui/ScrollRegion.tsx";
import { AddWebhook } from "./AddWebhook.tsx";
import { useDeliveries, useRemoveWebhook, useSendAgain, useTestWebhook, useWebhooks } from "./webhook-queries.ts";
import { wordEvent } from "./word-event.ts";

const COLUMNS = ["name", "url", "events", "last"] as const;
const DELIVERED = ["event", "target", "state", "attempts", "created"] as const;

function Hook({ hook }: { hook: Webhook }) {
  const { t, format } = useWords();
  const timeZone = useTimeZone();
  const [remove, test] = [useRemoveWebhook(), useTestWebhook()];
  const { id, name, url, events, last, isDisabled } = hook;
  return (
    <tr>
      <th scope="row">
        {name}
        <span className="cell-below">{t(`weekly.hooks.formatOf.${hook.format}`)}</span>
      </th>
      <td className="check-words">{url}</td>
      <td className="check-words">{events.map((event) => wordEvent(event, t)).join(", ")}</td>
      <td>
        {last === null
          ? t(isDisabled ? "weekly.hooks.disabled" : "weekly.hooks.never")
          : t("words.titled", {
              title: t(isDisabled ? "weekly.hooks.disabled" : `weekly.hooks.stateOf.${last.state}`),
              text: format.moment(new Date(last.at), timeZone),
            })}
        {last?.error != null && <span className="cell-below">{last.error}</span>}
      </td>
      <td>
        <GuardedButton
          type="button"
          right="webhooks:change"
          className="link-button"
          aria-label={t("weekly.hooks.testOf", { name })}
          disabled={test.isPending}
          onClick={() => test.mutate({ id })}
        >
          {t("weekly.hooks.test")}
        </GuardedButton>{" "}
        <ConfirmButton
          right="webhooks:change"
          question={t("weekly.hooks.removeQuestion", { name })}
          sure={t("weekly.hooks.removeSure")}
          label={t("weekly.hooks.removeOf", { name })}
          isBusy={remove.isPending}
          act={() => remove.mutate({ id })}
        >
          {t("weekly.hooks.remove")}
        </ConfirmButton>
        <FailureLine error={remove.error ?? test.error} />
      </td>
    </tr>
  );
}

/** Addresses that are told what happens. */
export function WebhooksCard() {
  const { t } = useWords();
  const hooks = useWebhooks();
  return (
    <Card title={t("weekly.hooks.title")} sentence={t("weekly.hooks.sentence")} isBusy={hooks.isPending}>
      <FailureLine error={hooks.error} />
      {hooks.data?.length === 0 && <p className="card-empty">{t("weekly.hooks.none")}</p>}
      {hooks.data !== undefined && hooks.data.length > 0 && (
        <ScrollRegion label={t("weekly.hooks.title")}>
          <table className="data-table">
            <caption className="visually-hidden">{t("weekly.hooks.title")}</caption>
            <thead>
              <tr>
                {COLUMNS.map((column) => (
                  <th key={column} scope="col">
                    {t(`weekly.hooks.${column}`)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {hooks.data.map((hook) => (
                <Hook key={hook.id} hook={hook} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {hooks.data !== undefined && <AddWebhook />}
    </Card>
  );
}

function Told({ delivery }: { delivery: Delivery }) {
  const { t, format } = useWords();
  const timeZone = useTimeZone();
  const again = useSendAgain();
  const { id, event, target, state, attempts, createdAt, lastError } = delivery;
  return (
    <tr>
      <th scope="row">{wordEvent(event, t)}</th>
      <td className="check-words">{target}</td>
      <td>
        {t(`weekly.hooks.stateOf.${state}`)}
        {lastError !== null && <span className="cell-below">{lastError}</span>}
        {state === "given-up" && (
          <GuardedButton
            type="button"
            right="webhooks:change"
            className="link-button"
            aria-label={t("weekly.hooks.sendAgainOf", { event: wordEvent(event, t) })}
            disabled={again.isPending}
            onClick={() => again.mutate({ id })}
          >
            {t("weekly.hooks.sendAgain")}
          </GuardedButton>
        )}
      </td>
      <td className="numeric">{format.count(attempts)}</td>
      <td>{format.moment(new Date(createdAt), timeZone)}</td>
    </tr>
  );
}

/** What was told or will be, the newest first. */
export function DeliveriesCard() {
  const { t } = useWords();
  const deliveries = useDeliveries();
  return (
    <Card
      title={t("weekly.hooks.deliveries")}
      sentence={t("weekly.hooks.deliveriesSentence")}
      isBusy={deliveries.isPending}
    >
      <FailureLine error={deliveries.error} />
      {deliveries.data?.length === 0 && <p className="card-empty">{t("weekly.hooks.deliveriesNone")}</p>}
      {deliveries.data !== undefined && deliveries.data.length > 0 && (
        <ScrollRegion label={t("weekly.hooks.deliveries")}>
          <table className="data-table">
            <caption className="visually-hidden">{t("weekly.hooks.deliveries")}</caption>
            <thead>
              <tr>
                {DELIVERED.map((column) => (
                  <th key={column} scope="col" className={column === "attempts" ? "numeric" : undefined}>
                    {t(`weekly.hooks.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {deliveries.data.map((delivery) => (
                <Told key={delivery.id} delivery={delivery} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Card>
  );
}
