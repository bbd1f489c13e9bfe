import { Textarea, type TextareaProps } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import { isMac } from '@/lib/commands';
import { apply, selectionOf } from './apply';
import { type Edit, enter, indent, pasteLink } from './edit';
import { MarkupBar, type Tool, tools } from './MarkupBar';

type Props = Omit<TextareaProps, 'value' | 'onChange'> & {
  value: string;
  onText: (text: string) => void;
  onSave: () => void;
  onEscape: (field: HTMLTextAreaElement) => void;
  /** What stands beside the marks: the button that saves, for instance. */
  children?: React.ReactNode;
  footClass?: string;
};

/** A field for a text with marks: keys and buttons write them, Enter goes on with a list, Ctrl Enter saves. */
export function MarkupInput({ value, onText, onSave, onEscape, children, footClass, ...rest }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const run = (edit: Edit | null): boolean => {
    if (edit && field.current) apply(field.current, edit);
    return edit !== null;
  };
  const use = (tool: Tool) => field.current && run(tool.edit(selectionOf(field.current)));
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const mod = isMac ? event.metaKey : event.ctrlKey;
    const at = selectionOf(event.currentTarget);
    let done = true;
    if (event.key === 'Enter' && mod) onSave();
    else if (event.key === 'Escape') onEscape(event.currentTarget);
    else if (event.key === 'Enter' && !event.shiftKey) done = run(enter(at));
    // Outside a list, Tab goes on to the next field as everywhere.
    else if (event.key === 'Tab' && !mod) done = run(indent(at, event.shiftKey));
    else {
      const tool = mod ? tools.find((one) => meant(one, event)) : undefined;
      done = tool !== undefined;
      if (tool) use(tool);
    }
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <Textarea
        ref={field}
        autosize
        minRows={2}
        maxRows={14}
        {...rest}
        value={value}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKey}
        onPaste={(event) => {
          if (run(pasteLink(selectionOf(event.currentTarget), event.clipboardData.getData('text/plain'))))
            event.preventDefault();
        }}
      />
      <div className={footClass}>
        <MarkupBar onTool={use} />
        {children}
      </div>
    </>
  );
}

const meant = (tool: Tool, event: KeyboardEvent): boolean =>
  tool.code
    ? event.shiftKey && event.code === tool.code
    : !event.shiftKey && !event.altKey && tool.keys === `mod+${event.key.toLowerCase()}`;
