import { ReportFormat } from "@touchline/server/contract";
import { useMembership } from "../../app/me-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  /** What follows `/export/WORKSPACE/reports/`, without its ending. */
  path: string;
  query: Readonly<Record<string, string>>;
  /** Names what is downloaded where many of them stand below each other. */
  what: string;
  isSmall?: boolean;
}

/** The same report in each format, written by the server in the page's language. */
export function DownloadLinks({ path, query, what, isSmall = false }: Props) {
  const { t, format } = useWords();
  const { id } = useMembership();
  const asked = new URLSearchParams({ ...query, locale: format.language });
  return (
    <fieldset className="downloads">
      <legend className="visually-hidden">{t("reports.download")}</legend>
      {ReportFormat.options.map((each) => (
        <a
          key={each}
          className={isSmall ? "link-button" : "button"}
          href={`/export/${id}/reports/${path}.${each}?${asked}`}
          aria-label={t("reports.downloadOf", { format: t(`reports.downloadAs.${each}`), what })}
          download
        >
          {!isSmall && <Icon name="download" />}
          {t(`reports.downloadAs.${each}`)}
        </a>
      ))}
    </fieldset>
  );
}
