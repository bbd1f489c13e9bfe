/** A stretch of a plain mail: what was written, what was quoted from earlier mails, or a signature. */
export type Stretch = { kind: 'text' | 'quote' | 'signature'; text: string };

/** What programs write above a mail that they quote whole, without marks before its lines. */
const whole =
  /^(-{2,}\s*(Original Message|Forwarded message|Ursprüngliche Nachricht|Weitergeleitete Nachricht|Message d'origine|Messaggio originale|Mensaje original)\s*-{2,}|_{20,})$/i;

/** Folds what the reader has read before. A line of one's own between two quotes stays in sight. */
export function stretches(text: string): Stretch[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const end = lines.findIndex((line) => whole.test(line.trim()));
  let signed = false;
  let before: Stretch['kind'] = 'text';
  const runs: { kind: Stretch['kind']; lines: string[] }[] = [];
  lines.forEach((line, i) => {
    const blankWithin = line.trim() === '' && before === 'quote' && lines[i + 1]?.startsWith('>');
    const quoted = (end >= 0 && i >= end) || line.startsWith('>') || blankWithin;
    signed = !quoted && (signed || /^-- ?$/.test(line));
    before = quoted ? 'quote' : signed ? 'signature' : 'text';
    const run = runs.at(-1);
    if (run?.kind === before) run.lines.push(line);
    else runs.push({ kind: before, lines: [line] });
  });
  return runs
    .map(({ kind, lines }) => ({ kind, text: lines.join('\n').replace(/^\n+|\s+$/g, '') }))
    .filter((stretch) => stretch.text !== '');
}

/** Text and the web addresses in it. A point or bracket after an address belongs to the sentence. */
export function withLinks(text: string): { text: string; link?: string }[] {
  const out: { text: string; link?: string }[] = [];
  let at = 0;
  for (const hit of text.matchAll(/\bhttps?:\/\/[^\s<>"'«»„“”]+/gi)) {
    let link = hit[0].replace(/[.,;:!?]+$/, '');
    if (link.endsWith(')') && !link.includes('(')) link = link.slice(0, -1);
    const from = hit.index;
    if (from > at) out.push({ text: text.slice(at, from) });
    out.push({ text: link, link });
    at = from + link.length;
  }
  if (at < text.length) out.push({ text: text.slice(at) });
  return out;
}
