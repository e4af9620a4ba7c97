import { useTranslation } from "react-i18next";

/** Stands in for a page while the workspace itself is being asked for: a headline and two cards. */
export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="page-grid" aria-busy="true">
      <span className="visually-hidden">{t("state.loading")}</span>
      <div className="skeleton skeleton-headline" />
      <div className="skeleton skeleton-card" />
      <div className="skeleton skeleton-card" />
    </div>
  );
}
