import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWords } from "../i18n/words-context.tsx";

export function PacingPage() {
  const { t } = useWords();
  usePageTitle(t("pacing.title"));
  return (
    <div className="page-grid">
      <PageHead title={t("pacing.title")} headline={null} sub={null} />
    </div>
  );
}
