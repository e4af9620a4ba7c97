import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWords } from "../i18n/words-context.tsx";

export function TodayPage() {
  const { t } = useWords();
  usePageTitle(t("today.title"));
  return (
    <div className="page-grid">
      <PageHead title={t("today.title")} headline={null} sub={null} />
    </div>
  );
}
