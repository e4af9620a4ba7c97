import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** The last net: something in the page itself threw. */
export function CrashPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <section className="notice notice-page" role="alert">
      <h1>{t("state.crashTitle")}</h1>
      <p>{t("state.crashText")}</p>
      <p className="notice-detail">{error instanceof Error ? error.message : String(error)}</p>
      <button type="button" className="button button-primary" onClick={() => window.location.reload()}>
        {t("state.reload")}
      </button>
    </section>
  );
}
