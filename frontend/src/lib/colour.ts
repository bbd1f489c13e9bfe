/** The colours an avatar may have; each has its pair in global.css, both checked for contrast. */
export const tones = ['indigo', 'grape', 'orange', 'cyan', 'pink', 'teal', 'blue', 'lime'] as const;
export type Tone = (typeof tones)[number];

/** A record keeps its colour everywhere and for ever: it comes from the id. */
export function toneOf(id: string): Tone {
  let sum = 7;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) >>> 0;
  return tones[sum % tones.length] ?? 'indigo';
}

/** One or two letters for an avatar: first and last word, legal forms left out. */
export function initials(name: string): string {
  const legal = /^(ltd|inc|llc|plc|gmbh|ag|kg|ohg|ug|mbh|ab|aps|as|bv|nv|sa|sarl|srl|spa|oy|co|company|&|und|and)\.?$/i;
  const words = name
    .replace(/\./g, '')
    .split(/[\s,/-]+/u)
    .filter((w) => /[\p{L}\p{N}]/u.test(w));
  const own = words.filter((w) => !legal.test(w));
  const used = own.length > 0 ? own : words;
  const first = [...(used[0] ?? '')][0] ?? '?';
  const last = used.length > 1 ? ([...(used[used.length - 1] ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}
