import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon.tsx";
import { explainFailure } from "./api.ts";
import { Command } from "./Command.tsx";

interface Props {
  error: unknown;
  retry: () => void;
  /** Takes the height of a page instead of that of a card. */
  isPage?: boolean;
}

/** How often a page asks again by itself for what a database that is away has to answer. */
const ASK_AGAIN_MS = 10_000;

/** Asks again and again while `isWanted`: nobody has to watch for a database to come back. */
function useAskAgain(isWanted: boolean, ask: () => void): void {
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    if (!isWanted) return;
    const timer = setInterval(() => latest.current(), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isWanted]);
}

/** What happened, what was kept, and the one thing to do about it. */
export function FailurePanel({ error, retry, isPage = false }: Props) {
  const { t } = useTranslation();
  const failure = explainFailure(error);
  useAskAgain(failure.kind === "away", retry);
  return (
    <section className={isPage ? "notice notice-page" : "notice"} role="alert">
      <span className="notice-icon notice-broken">
        <Icon name="warning" />
      </span>
      <h2>{t("state.errorTitle")}</h2>
      {failure.kind === "offline" && (
        <>
          <p>{t("state.errorOffline")}</p>
          <Command text="npx touchline serve" />
        </>
      )}
      {failure.kind === "refused" && <p>{t("state.errorRefused", { reason: failure.reason })}</p>}
      {(failure.kind === "broken" || failure.kind === "away") && (
        <>
          <p>{t(failure.kind === "away" ? "state.errorAway" : "state.errorServer")}</p>
          <p className="notice-detail">{t("state.errorReason", { reason: failure.reason })}</p>
        </>
      )}
      <button type="button" className="button button-primary" onClick={retry}>
        {t("state.retry")}
      </button>
    </section>
  );
}
