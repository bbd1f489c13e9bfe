import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** Writes licences.txt from the packages whose code or fonts are in the pages, and the program's own parts; About shows it. */
export function licences(): Plugin {
  const found = new Map<string, string>();
  const add = (file: string) => {
    const at = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
    if (!at || !existsSync(join(at, 'package.json'))) return;
    const { name, version, license } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'));
    if (found.has(name)) return;
    const text = readdirSync(at).find((f) => /^(licen[cs]e|copying)/i.test(f));
    const words = text ? readFileSync(join(at, text), 'utf8').trim() : '';
    found.set(name, `${name} ${version} (${license ?? 'see its text'})\n\n${words}`);
  };
  return {
    name: 'licences',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type === 'chunk') for (const id of part.moduleIds) add(id.replaceAll('\\', '/'));
      }
      // Style sheets and fonts leave no module ids behind.
      const root = dirname(new URL('.', import.meta.url).pathname);
      for (const name of ['@fontsource-variable/inter', '@mantine/core', '@mantine/dates', '@mantine/notifications']) {
        add(join(root, 'node_modules', name, 'package.json'));
      }
      const all = [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
      all.push(readFileSync(join(root, '../build/licences/parts.txt'), 'utf8').trim());
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: `${all.join(`\n\n${'-'.repeat(72)}\n\n`)}\n` });
    },
  };
}
