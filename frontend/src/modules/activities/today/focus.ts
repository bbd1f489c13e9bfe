const rows = () => [...document.querySelectorAll<HTMLElement>('[data-today]')];

/** The row that has the focus, by its key; also while one of its buttons has it. */
export function focused(): string | undefined {
  const row = document.activeElement?.closest('[data-today-row]');
  return row?.querySelector<HTMLElement>('[data-today]')?.dataset.today;
}

/** Goes to the next row, or the one before; from elsewhere to the first. */
export function step(by: 1 | -1): void {
  const all = rows();
  const at = all.findIndex((row) => row.dataset.today === focused());
  all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
}

/** The row that has the focus is about to leave: the next takes over, or the one before. */
export function handOver(): void {
  const all = rows();
  const at = all.findIndex((row) => row.dataset.today === focused());
  if (at < 0) return;
  const heir = (all[at + 1] ?? all[at - 1])?.dataset.today;
  requestAnimationFrame(() => {
    const row = rows().find((r) => r.dataset.today === heir);
    (row ?? document.getElementById('quick-task'))?.focus();
  });
}
