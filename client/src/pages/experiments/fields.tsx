import { type ReactNode, useId } from "react";

interface TextProps {
  label: string;
  value: string;
  type?: "text" | "date";
  isNumber?: boolean;
  unit?: string | undefined;
  placeholder?: string;
  hint?: string;
  problem?: string | null;
  onChange(value: string): void;
}

/** A text or a day, with a sentence below it where it is wrong. */
export function TextField(props: TextProps) {
  const { label, value, type = "text", isNumber = false, unit, placeholder, hint, problem = null, onChange } = props;
  const noteId = useId();
  const note = problem ?? hint;
  return (
    <label className={problem === null ? "field" : "field field-broken"}>
      <span className="field-label">{label}</span>
      <span className="field-box">
        <input
          type={type}
          inputMode={isNumber ? "decimal" : undefined}
          autoComplete="off"
          value={value}
          placeholder={placeholder}
          aria-invalid={problem !== null}
          aria-describedby={note === undefined ? undefined : noteId}
          onChange={(event) => onChange(event.target.value)}
        />
        {unit !== undefined && <span className="field-unit">{unit}</span>}
      </span>
      {note !== undefined && (
        <span id={noteId} className={problem === null ? "hint" : "field-problem"}>
          {note}
        </span>
      )}
    </label>
  );
}

interface SelectProps {
  label: string;
  value: string;
  onChange(value: string): void;
  children: ReactNode;
}

export function SelectField({ label, value, onChange, children }: SelectProps) {
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </label>
  );
}

/** The channels of the workspace to choose from. */
export function ChannelField({
  label,
  value,
  channels,
  onChange,
}: Omit<SelectProps, "children"> & { channels: readonly string[] }) {
  return (
    <SelectField label={label} value={value} onChange={onChange}>
      {channels.map((channel) => (
        <option key={channel} value={channel}>
          {channel}
        </option>
      ))}
    </SelectField>
  );
}
