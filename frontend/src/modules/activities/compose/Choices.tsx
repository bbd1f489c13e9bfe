import { Select } from '@mantine/core';
import type { FieldViewProps } from '@/lib/modules';
import { reminds, remindText, repeats, repeatText } from './presets';

type Props = {
  label?: string;
  'aria-label'?: string;
  value: string;
  error?: string;
  autoFocus?: boolean;
  onChange: (value: string) => void;
};

/** A choice among the usual. A value that is not among them stays, and stands there in words, too. */
function Choice({ usual, words, autoFocus, onChange, ...rest }: Props & { usual: string[]; words: typeof repeatText }) {
  const values = ['', ...usual, ...(rest.value && !usual.includes(rest.value) ? [rest.value] : [])];
  return (
    <Select
      {...rest}
      data={values.map((value) => ({ value, label: words(value) }))}
      allowDeselect={false}
      autoFocus={autoFocus}
      defaultDropdownOpened={autoFocus}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

/** How often something comes again. */
export const RepeatChoice = (props: Props) => <Choice {...props} usual={repeats} words={repeatText} />;

/** How long before somebody is told. */
export const RemindChoice = (props: Props) => <Choice {...props} usual={reminds} words={remindText} />;

/** The same choice as the input of a field, wherever the field is edited. */
const asInput = (Input: typeof RepeatChoice) =>
  function FieldChoice({ value, label, ariaLabel, error, autoFocus, onChange }: FieldViewProps) {
    return (
      <Input
        label={label}
        aria-label={label ? undefined : ariaLabel}
        value={value === null || value === undefined ? '' : String(value)}
        error={error}
        autoFocus={autoFocus}
        onChange={(next) => onChange(next || null)}
      />
    );
  };

export const RepeatInput = asInput(RepeatChoice);
export const RemindInput = asInput(RemindChoice);
