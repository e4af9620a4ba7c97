import { useId } from "react";

interface Props<Choice extends string> {
  /** Read aloud before the choices. */
  legend: string;
  choices: readonly Choice[];
  chosen: Choice;
  choose: (choice: Choice) => void;
  nameOf: (choice: Choice) => string;
}

/** One of a few, all in sight. */
export function Segments<Choice extends string>({ legend, choices, chosen, choose, nameOf }: Props<Choice>) {
  const group = useId();
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice} className="segment">
          <input type="radio" name={group} checked={choice === chosen} onChange={() => choose(choice)} />
          <span>{nameOf(choice)}</span>
        </label>
      ))}
    </fieldset>
  );
}
