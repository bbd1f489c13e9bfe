export const isArea = (target: EventTarget) => target instanceof HTMLTextAreaElement;

/** Up and down leave a text of several lines only from its first or last one. */
export function leavesLine(target: EventTarget, by: number): boolean {
  if (!(target instanceof HTMLTextAreaElement)) return true;
  const { value, selectionStart } = target;
  return by < 0 ? !value.slice(0, selectionStart).includes('\n') : !value.slice(selectionStart).includes('\n');
}

/** Left and right leave a cell from the end of what is typed in it, never while a part is selected. */
export function atEdge(target: EventTarget, by: number): boolean {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return false;
  const { value, selectionStart, selectionEnd } = target;
  const all = selectionStart === 0 && selectionEnd === value.length;
  if (all) return true;
  return selectionStart === selectionEnd && selectionStart === (by < 0 ? 0 : value.length);
}
