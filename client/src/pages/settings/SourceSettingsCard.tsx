import { type DataSettings, LegalBasis } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { SettingChoice } from "./SettingForm.tsx";

/** The zones of this browser, where it tells them; the one that holds is always among them. */
function zonesWith(zone: string | undefined): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return zone === undefined || known.includes(zone) ? known : [zone, ...known];
}

/** What holds for each source. */
export function SourceSettingsCard({ settings }: { settings: DataSettings }) {
  const { t } = useWords();
  const { legalBasis, timeZones } = settings;
  const sources = [...new Set([...settings.sources, ...Object.keys(legalBasis), ...Object.keys(timeZones)])].sort();
  const title = t("mapping.set.sourcesTitle");
  if (sources.length === 0) return <Card title={title}>{t("mapping.set.sourcesNone")}</Card>;
  return (
    <Card title={title} sentence={t("mapping.set.sourcesSentence")}>
      <ScrollRegion label={title}>
        <table className="data-table settings-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("mapping.set.source")}</th>
              <th scope="col">{t("mapping.set.basis")}</th>
              <th scope="col">{t("mapping.set.zone")}</th>
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <tr key={source}>
                <th scope="row">{source}</th>
                <td>
                  <SettingChoice
                    setting={`legal-basis.${source}`}
                    label={t("mapping.set.basisOf", { source })}
                    value={legalBasis[source] ?? ""}
                  >
                    <option value="">{t("mapping.set.basisUnsaid")}</option>
                    {LegalBasis.options.map((basis) => (
                      <option key={basis} value={basis}>
                        {t(`mapping.basisOf.${basis}`)}
                      </option>
                    ))}
                  </SettingChoice>
                </td>
                <td>
                  <SettingChoice
                    setting={`time-zones.${source}`}
                    label={t("mapping.set.zoneOf", { source })}
                    value={timeZones[source] ?? ""}
                  >
                    <option value="">{t("mapping.set.zoneUnsaid")}</option>
                    {zonesWith(timeZones[source]).map((zone) => (
                      <option key={zone} value={zone}>
                        {zone}
                      </option>
                    ))}
                  </SettingChoice>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}
