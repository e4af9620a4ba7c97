import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePageTitle } from "./page-title.ts";

export function NotFoundPage() {
  const { t } = useTranslation();
  usePageTitle(t("state.notFoundTitle"));
  return (
    <section className="notice notice-page">
      <p className="notice-code">404</p>
      <h1>{t("state.notFoundTitle")}</h1>
      <p>{t("state.notFoundText")}</p>
      <Link to="/" className="button button-primary">
        {t("state.notFoundLink")}
      </Link>
    </section>
  );
}
