import { describe, expect, it } from 'vitest';

const texts = import.meta.glob<Tree>('@lang/*/*.json', { eager: true, import: 'default' });
const code = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!../**/*.test.*'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** Every namespace, the pages' and Go's: both read the same files. */
const namespaces = [...new Set(Object.keys(texts).map((path) => path.replace(/^.*\/|\.json$/g, '')))].sort();

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : Object.entries(flat(value, `${prefix}${key}.`)),
    ),
  );
}

const load = (language: string, namespace: string) => {
  const path = Object.keys(texts).find((p) => p.endsWith(`/${language}/${namespace}.json`));
  return flat(texts[path ?? ''] ?? {});
};

/** Keys written out in the code: t('…'), and catalogue keys held as data such as 'contacts:kind.company.new'. */
function usedKeys(): Map<string, string> {
  const used = new Map<string, string>();
  for (const [file, text] of Object.entries(code)) {
    for (const [, key = ''] of text.matchAll(/\bt\(\s*'([^']+)'/g))
      used.set(key.includes(':') ? key : `ui:${key}`, file);
    for (const [, key = ''] of text.matchAll(/'([a-z]+:[a-z]\w*(?:\.\w+)+)'/g)) used.set(key, file);
  }
  return used;
}

describe('catalogues', () => {
  it.each(namespaces)('%s is complete in both languages, with the same parameters', (namespace) => {
    const en = load('en', namespace);
    const de = load('de', namespace);
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries(en)) {
      const params = (words: string) => [...words.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();
      expect(params(de[key] ?? ''), key).toEqual(params(text));
      expect(text.trim(), key).not.toBe('');
    }
  });

  it('has every text that the code asks for', () => {
    const missing: string[] = [];
    const known = new Set(namespaces.flatMap((n) => Object.keys(load('en', n)).map((k) => `${n}:${k}`)));
    for (const [key, file] of usedKeys()) {
      if (!known.has(key) && !known.has(`${key}_other`)) missing.push(`${key} in ${file}`);
    }
    expect(missing).toEqual([]);
  });
});
