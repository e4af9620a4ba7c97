import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWords } from "../i18n/words-context.tsx";

export function PortfolioPage() {
  const { t } = useWords();
  usePageTitle(t("portfolio.title"));
  return (
    <div className="page-grid">
      <PageHead title={t("portfolio.title")} headline={null} sub={null} />
    </div>
  );
}
