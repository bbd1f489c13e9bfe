const files = import.meta.glob<object>('@lang/de/*.json', { eager: true, import: 'default' });

/** Every namespace of the language, by its file's name. */
export const catalogue = Object.fromEntries(
  Object.entries(files).map(([path, texts]) => [path.replace(/^.*\/|\.json$/g, ''), texts]),
);
