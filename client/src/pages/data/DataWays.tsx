import { Link } from "@tanstack/react-router";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";

/** What is done about data, one click from the top of its page. */
export function DataWays() {
  const { t } = useWords();
  return (
    <nav className="page-ways" aria-label={t("mapping.kept.ways")}>
      <Link to="/data/import" search={true} className="button button-primary">
        <Icon name="upload" />
        {t("mapping.title")}
      </Link>
      <Link to="/data/channels" search={true} className="button">
        {t("mapping.kept.rules")}
      </Link>
      <Link to="/settings/data" search={true} className="button">
        {t("mapping.kept.settings")}
      </Link>
    </nav>
  );
}
