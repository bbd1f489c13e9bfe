import type { Edit } from './edit';

/**
 * Changes the text of a field as if it had been typed, so that the field's own Ctrl Z takes it back; where the browser
 * cannot, the field is told of its new text.
 */
export function apply(field: HTMLTextAreaElement, edit: Edit): void {
  field.focus();
  field.setSelectionRange(edit.from, edit.to);
  const typed = edit.insert
    ? document.execCommand('insertText', false, edit.insert)
    : edit.from === edit.to || document.execCommand('delete');
  if (!typed) {
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
    set?.call(field, field.value.slice(0, edit.from) + edit.insert + field.value.slice(edit.to));
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  field.setSelectionRange(edit.start, edit.end);
}

export const selectionOf = (field: HTMLTextAreaElement) => ({
  text: field.value,
  start: field.selectionStart,
  end: field.selectionEnd,
});
