import type { GuardRails } from "@touchline/server/contract";
import { useContext } from "react";
import { WorkspaceContext } from "../../../app/workspace-context.ts";
import { useWords } from "../../../i18n/words-context.tsx";
import { Card } from "../../../ui/Card.tsx";
import { NumberField } from "../../../ui/NumberField.tsx";

interface Props {
  rails: GuardRails;
  edit(rails: GuardRails): void;
}

const PERCENTS = ["maxChannelChange", "maxTotalMoved", "leastProbabilityOfGain", "exploration"] as const;
const PLAIN = ["coolDownDays", "staleAfterHours", "maxDrift"] as const;
const UNITS = { coolDownDays: "days", staleAfterHours: "hours", maxDrift: null } as const;

/** What a run may do at most, and what stops it. An emptied field keeps what it had. */
export function GuardRailFields({ rails, edit }: Props) {
  const { t } = useWords();
  const channels = useContext(WorkspaceContext)?.status.channels ?? [];
  const names = [...new Set([...channels, ...rails.protectedChannels])];
  const toggle = (channel: string, isProtected: boolean) =>
    edit({
      ...rails,
      protectedChannels: names.filter((name) =>
        name === channel ? isProtected : rails.protectedChannels.includes(name),
      ),
    });
  return (
    <Card title={t("weekly.set.railsTitle")} sentence={t("weekly.set.railsSentence")}>
      <div className="rail-fields">
        {PERCENTS.map((name) => (
          <NumberField
            key={name}
            label={t(`weekly.set.${name}`)}
            kind="percent"
            value={rails[name]}
            onChange={(value) => value !== null && edit({ ...rails, [name]: value })}
          />
        ))}
        {PLAIN.map((name) => {
          const unit = UNITS[name];
          return (
            <NumberField
              key={name}
              label={t(`weekly.set.${name}`)}
              kind="ratio"
              value={rails[name]}
              {...(unit === null ? {} : { hint: t(`weekly.set.${unit}`) })}
              onChange={(value) => value !== null && edit({ ...rails, [name]: value })}
            />
          );
        })}
      </div>
      <label className="scope">
        <input
          type="checkbox"
          checked={rails.allowExtrapolation}
          onChange={(event) => edit({ ...rails, allowExtrapolation: event.target.checked })}
        />
        <span>{t("weekly.set.allowExtrapolation")}</span>
      </label>
      {names.length > 0 && (
        <fieldset className="scopes">
          <legend className="field-label">{t("weekly.set.protectedChannels")}</legend>
          <p className="hint">{t("weekly.set.protectedHint")}</p>
          <div className="channel-checks">
            {names.map((channel) => (
              <label key={channel} className="scope">
                <input
                  type="checkbox"
                  checked={rails.protectedChannels.includes(channel)}
                  onChange={(event) => toggle(channel, event.target.checked)}
                />
                <span>{channel}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </Card>
  );
}
