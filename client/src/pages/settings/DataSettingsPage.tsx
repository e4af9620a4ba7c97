import type { DataSettings } from "@touchline/server/contract";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { PageHead } from "../../app/PageHead.tsx";
import { usePageTitle } from "../../app/page-title.ts";
import { isTimeZone } from "../../format/is-time-zone.ts";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { BooksCard } from "./BooksCard.tsx";
import { useDataSettings } from "./data-settings-queries.ts";
import { HealthThresholdsCard } from "./HealthThresholdsCard.tsx";
import { SettingForm } from "./SettingForm.tsx";
import { SourceSettingsCard } from "./SourceSettingsCard.tsx";

function CalendarCard({ settings }: { settings: DataSettings }) {
  const { t } = useWords();
  const { timeZone, currency, isCurrencyOpen } = settings;
  return (
    <Card title={t("mapping.set.calendarTitle")}>
      <SettingForm
        key={timeZone}
        setting="time-zone"
        label={t("mapping.set.zone")}
        hint={t("mapping.set.zoneWhy")}
        value={timeZone}
        problemOf={(text) => (isTimeZone(text) ? null : t("mapping.zoneWrong"))}
      />
      {isCurrencyOpen ? (
        <SettingForm
          key={currency}
          setting="currency"
          label={t("mapping.set.currency")}
          hint={t("mapping.set.currencyOpen")}
          value={currency}
        />
      ) : (
        <dl className="setting-list">
          <div>
            <dt>{t("mapping.set.currency")}</dt>
            <dd>
              {currency}
              <span className="cell-below">{t("mapping.set.currencyShut")}</span>
            </dd>
          </div>
        </dl>
      )}
    </Card>
  );
}

const RETENTION = ["identifierMonths", "dataMonths", "rejectedDays"] as const;

function RetentionFields({ settings }: { settings: DataSettings }) {
  const { t } = useWords();
  const { retention } = settings;
  return (
    <Card title={t("mapping.set.retentionTitle")} sentence={t("mapping.set.retentionSentence")}>
      {RETENTION.map((part) => (
        <SettingForm
          key={`${part} ${retention[part]}`}
          setting={`retention.${part}`}
          label={t(`mapping.set.${part}`)}
          hint={t(`mapping.set.${part}Why`)}
          value={String(retention[part])}
          isNumber
        />
      ))}
    </Card>
  );
}

/** What the workspace's data is read, counted and kept by. */
export function DataSettingsPage() {
  const { t } = useWords();
  const query = useDataSettings();
  usePageTitle(t("mapping.set.title"));
  if (query.data === undefined) {
    if (query.isError) return <FailurePanel error={query.error} retry={() => query.refetch()} isPage />;
    return (
      <div className="page-grid">
        <PageHead title={t("mapping.set.title")} headline={null} />
        <div className="skeleton skeleton-card" />
      </div>
    );
  }
  const settings = query.data;
  const { timeZone, currency, collectorOrigins } = settings;
  const origins = collectorOrigins.join(", ");
  return (
    <div className="page-grid">
      <PageHead
        title={t("mapping.set.title")}
        headline={
          currency === ""
            ? t("mapping.set.headlineNoMoney", { zone: strong(timeZone) })
            : t("mapping.set.headline", { zone: strong(timeZone), currency: strong(currency) })
        }
        sub={t("mapping.set.sub")}
      />
      <div className="settings-pair">
        <CalendarCard settings={settings} />
        <BooksCard settings={settings} />
      </div>
      <SourceSettingsCard settings={settings} />
      <div className="settings-pair">
        <RetentionFields settings={settings} />
        <Card title={t("mapping.set.originsTitle")} sentence={t("mapping.set.originsSentence")}>
          <SettingForm
            key={origins}
            setting="collector-origins"
            label={t("mapping.set.origins")}
            hint={t("mapping.set.originsHint")}
            value={origins}
          />
        </Card>
      </div>
      <HealthThresholdsCard settings={settings} />
    </div>
  );
}
