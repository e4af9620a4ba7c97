import type { ChannelGroup } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { EntryCard } from "./EntryCard.tsx";
import { freeName } from "./free-name.ts";
import { type Limits, withPart } from "./limits.ts";
import { MemberPicker } from "./MemberPicker.tsx";

interface Props {
  limits: Limits;
  channels: readonly string[];
  change(limits: Limits): void;
}

/** A new group of the two largest channels limits nothing until a figure is written. */
const NEW_MEMBERS = 2;

const FIELDS = [
  { name: "min", label: "planner.floor", kind: "amount" },
  { name: "max", label: "planner.cap", kind: "amount" },
  { name: "minRoas", label: "planner.minRoas", kind: "ratio" },
  { name: "maxCpa", label: "planner.maxCpa", kind: "amount" },
] as const;

/** Limits that several channels share. */
export function GroupsEditor({ limits, channels, change }: Props) {
  const { t, format } = useWords();
  const groups = limits.groups ?? [];
  const put = (next: ChannelGroup[]) => change(withPart(limits, "groups", next));
  const replace = (index: number, part: Partial<ChannelGroup>) =>
    put(groups.map((group, place) => (place === index ? { ...group, ...part } : group)));
  return (
    <>
      <p className="hint">{t("planner.groupsHint")}</p>
      {groups.map((group, index) => (
        <EntryCard
          // biome-ignore lint/suspicious/noArrayIndexKey: groups have no identity but their place, and names are edited
          key={index}
          name={group.name}
          onRename={(name) => replace(index, { name })}
          onRemove={() => put(groups.filter((_, place) => place !== index))}
        >
          <MemberPicker
            name={group.name}
            channels={channels}
            members={group.members}
            onChange={(members) => replace(index, { members })}
          />
          <div className="fold-fields">
            {FIELDS.map(({ name, label, kind }) => (
              <NumberField
                key={name}
                label={t(label)}
                kind={kind}
                value={group[name] ?? null}
                placeholder="–"
                onChange={(value) => replace(index, { [name]: value })}
              />
            ))}
          </div>
        </EntryCard>
      ))}
      <button
        type="button"
        className="button button-quiet"
        disabled={channels.length === 0}
        onClick={() => {
          const name = freeName(groups, (number) => t("planner.groupNew", { number: format.count(number) }));
          put([...groups, { name, members: channels.slice(0, NEW_MEMBERS), min: null, max: null }]);
        }}
      >
        <Icon name="plus" />
        {t("planner.groupAdd")}
      </button>
    </>
  );
}
