import { useWorkspace } from "../../app/workspace-context.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { useWords } from "../../i18n/words-context.tsx";

interface Props {
  name: string;
  channels: readonly string[];
  members: readonly string[];
  onChange(members: string[]): void;
}

/** Which channels share a limit: at least one of them always does. */
export function MemberPicker({ name, channels, members, onChange }: Props) {
  const { t } = useWords();
  const { hues } = useWorkspace();
  const all = [...new Set([...channels, ...members])];
  return (
    <fieldset className="members">
      <legend className="visually-hidden">{t("planner.membersOf", { name })}</legend>
      {all.map((channel) => {
        const isMember = members.includes(channel);
        return (
          <label key={channel} className="member">
            <input
              type="checkbox"
              checked={isMember}
              disabled={isMember && members.length === 1}
              onChange={() => onChange(isMember ? members.filter((each) => each !== channel) : [...members, channel])}
            />
            <Swatch hue={hues.get(channel)} />
            <span>{channel}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
