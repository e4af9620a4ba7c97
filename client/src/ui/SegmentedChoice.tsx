import { useId } from "react";

interface Props<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { readonly value: Value; readonly text: string }[];
  onChange(value: Value): void;
}

/** A few choices beside each other, of which one holds. */
export function SegmentedChoice<Value extends string>({ label, value, choices, onChange }: Props<Value>) {
  const name = useId();
  return (
    <fieldset className="segments">
      <legend className="field-label">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="segment">
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          <span>{choice.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
