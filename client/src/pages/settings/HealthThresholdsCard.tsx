import type { DataSettings } from "@touchline/server/contract";
import { findText, strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { SettingForm } from "./SettingForm.tsx";

/** What a check lets pass before it asks for somebody. Those that were changed come first. */
export function HealthThresholdsCard({ settings }: { settings: DataSettings }) {
  const { t, format } = useWords();
  const { health, healthDefaults } = settings;
  const changed = Object.keys(health).length;
  const names = Object.keys(healthDefaults).toSorted((a, b) => Number(b in health) - Number(a in health));
  return (
    <Card
      title={t("mapping.set.healthTitle")}
      sentence={
        changed === 0
          ? t("mapping.set.healthSentence")
          : t("mapping.set.healthChanged", { changed: strong(format.count(changed)) })
      }
    >
      <div className="thresholds">
        {names.map((name) => (
          <SettingForm
            key={`${name} ${health[name] ?? ""}`}
            setting={`health.${name}`}
            label={findText(t, `health.rules.${name}.title`) ?? t("mapping.set.lateHours")}
            hint={t("mapping.set.healthDefault", { value: format.typed(healthDefaults[name]!) })}
            value={health[name] === undefined ? "" : String(health[name])}
            isNumber
          />
        ))}
      </div>
    </Card>
  );
}
