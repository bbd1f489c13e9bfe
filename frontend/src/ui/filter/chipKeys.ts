import type { KeyboardEvent } from 'react';

/** Arrows go from chip to chip, Delete and Backspace take one away, and the next one has the focus then. */
export function chipKeys(event: KeyboardEvent<HTMLElement>): void {
  const bar = event.currentTarget;
  const chip = (event.target as HTMLElement).closest<HTMLElement>('[data-chip]');
  if (!chip || event.target !== chip || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = () => [...bar.querySelectorAll<HTMLElement>('[data-chip]')];
  const at = all().indexOf(chip);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) {
    event.preventDefault();
    all()[at + step]?.focus();
  } else if ((event.key === 'Delete' || event.key === 'Backspace') && chip.hasAttribute('data-removes')) {
    event.preventDefault();
    event.stopPropagation();
    chip.parentElement?.querySelector<HTMLElement>('[data-remove]')?.click();
    requestAnimationFrame(() => {
      const left = [...document.querySelectorAll<HTMLElement>('[data-chip]')];
      (left[Math.min(at, left.length - 1)] ?? document.querySelector<HTMLElement>('[data-filter-add]'))?.focus();
    });
  }
}
