import { InvalidArgumentError } from "commander";

/** A parser of whole numbers within bounds. */
export function wholeNumber(low: number, high: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < low || value > high)
      throw new InvalidArgumentError(`it must be a whole number from ${low} to ${high}.`);
    return value;
  };
}

export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError("it must be a number above 0.");
  return value;
}

/** Gathers an option that may be given several times. */
export const collect = (text: string, before: string[]) => [...before, text];

/** The order of a Markov model. */
export const orderOrAuto = (text: string): number | "auto" => (text === "auto" ? text : wholeNumber(1, 5)(text));
