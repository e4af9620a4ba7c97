import type { ContactCap } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
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

interface Figures {
  people: number | null;
  perPersonAndWeek: number | null;
}

function ContactFields({ figures, onChange }: { figures: Figures; onChange(part: Partial<Figures>): void }) {
  const { t } = useWords();
  return (
    <div className="fold-fields">
      <NumberField
        label={t("planner.people")}
        kind="ratio"
        value={figures.people}
        onChange={(people) => onChange({ people })}
      />
      <NumberField
        label={t("planner.perPerson")}
        kind="ratio"
        value={figures.perPersonAndWeek}
        onChange={(perPersonAndWeek) => onChange({ perPersonAndWeek })}
      />
    </div>
  );
}

/** Messages to the same people, together over channels. A new limit counts only once both of its figures are written. */
export function ContactsEditor({ limits, channels, change }: Props) {
  const { t, format } = useWords();
  const [added, setAdded] = useState<Figures | null>(null);
  const contacts = limits.contacts ?? [];
  const put = (next: ContactCap[]) => change(withPart(limits, "contacts", next));
  const replace = (index: number, part: Partial<ContactCap>) =>
    put(contacts.map((contact, place) => (place === index ? { ...contact, ...part } : contact)));
  const add = (event: FormEvent) => {
    event.preventDefault();
    const [first] = channels;
    if (added?.people == null || added.perPersonAndWeek == null || first === undefined) return;
    const name = freeName(contacts, (number) => t("planner.contactsNew", { number: format.count(number) }));
    setAdded(null);
    put([...contacts, { name, channels: [first], people: added.people, perPersonAndWeek: added.perPersonAndWeek }]);
  };
  return (
    <>
      <p className="hint">{t("planner.contactsHint")}</p>
      {contacts.map((contact, index) => (
        <EntryCard
          // biome-ignore lint/suspicious/noArrayIndexKey: contact limits have no identity but their place, and names are edited
          key={index}
          name={contact.name}
          onRename={(name) => replace(index, { name })}
          onRemove={() => put(contacts.filter((_, place) => place !== index))}
        >
          <MemberPicker
            name={contact.name}
            channels={channels}
            members={contact.channels}
            onChange={(members) => replace(index, { channels: members })}
          />
          <ContactFields
            figures={contact}
            onChange={({ people, perPersonAndWeek }) => {
              if (typeof people === "number") replace(index, { people });
              if (typeof perPersonAndWeek === "number") replace(index, { perPersonAndWeek });
            }}
          />
        </EntryCard>
      ))}
      {added === null ? (
        <button
          type="button"
          className="button button-quiet"
          disabled={channels.length === 0}
          onClick={() => setAdded({ people: null, perPersonAndWeek: null })}
        >
          <Icon name="plus" />
          {t("planner.contactsAdd")}
        </button>
      ) : (
        <form className="entry" onSubmit={add}>
          <ContactFields figures={added} onChange={(part) => setAdded({ ...added, ...part })} />
          <button type="submit" className="button" disabled={added.people === null || added.perPersonAndWeek === null}>
            {t("planner.apply")}
          </button>
        </form>
      )}
    </>
  );
}
