import { useLayoutEffect, useRef } from 'react';

type Props = {
  label: string;
  placeholder: string;
  value: string;
  column: string;
  className: string;
  oneLine?: boolean;
  onChange: (value: string) => void;
};

/** A text that grows with its lines, as it will stand on the paper. */
export function AutoText({ label, placeholder, value, column, className, oneLine, onChange }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = 'auto';
    // The frame is part of the height, what is scrolled is not.
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  }, [value]);
  return (
    <textarea
      ref={box}
      rows={1}
      aria-label={label}
      placeholder={placeholder}
      data-column={column}
      className={className}
      value={value}
      onChange={(event) => {
        const text = event.currentTarget.value;
        onChange(oneLine ? text.replace(/\s*\n\s*/g, ' ') : text);
      }}
    />
  );
}
