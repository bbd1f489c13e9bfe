import i18next from 'i18next';
import type { Field, Kind } from '@/api/types';

/** Names of kinds, fields and options come from the module's own catalogue; a missing text shows the plain key. */
function text(key: string, otherwise: string): string {
  return i18next.exists(key) ? i18next.t(key) : otherwise;
}

const spaced = (key: string) => {
  const words = key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

type Named = Pick<Kind, 'name' | 'module'>;

export const kindOne = (kind: Named) => text(`${kind.module}:kind.${kind.name}.one`, spaced(kind.name));
export const kindMany = (kind: Named) => text(`${kind.module}:kind.${kind.name}.many`, spaced(kind.name));

/** A kind that lists do not show, such as the settings, is named by the module of the same name. */
export const hiddenKind = (name: string): Kind => ({ name, module: name, title: '', list: [], sort: '', fields: [] });

/** The name within a sentence: German keeps its capitals, English does not. */
export const inSentence = (name: string) =>
  i18next.language === 'de' ? name : name.charAt(0).toLowerCase() + name.slice(1);

/** What a record is called. Its own field of the key "title" (Dr., Prof.) is something else. */
export const titleOf = (row: { label: string }) => row.label;

export function fieldLabel(kind: Named, key: string): string {
  const [list, part = key] = key.split('.');
  const inList = text(`${kind.module}:part.${list}.${part}`, text(`ui:field.${key}`, spaced(part)));
  return text(`${kind.module}:field.${kind.name}.${key}`, inList);
}

export function optionLabel(kind: Named, field: Pick<Field, 'key'>, option: string, list?: string): string {
  const path = list ? `${list}_${field.key}` : field.key;
  return text(
    `${kind.module}:option.${kind.name}.${path}.${option}`,
    text(`${kind.module}:option.${kind.name}.${field.key}.${option}`, spaced(option)),
  );
}

export function groupLabel(kind: Named, group: string): string {
  return text(`${kind.module}:group.${kind.name}.${group}`, text(`ui:group.${group}`, spaced(group)));
}

/** A reason that the API gives as a catalogue key such as rule.editedSince. */
export function reasonText(key: string): string {
  const [namespace, ...rest] = key.split('.');
  return text(`${namespace}:${rest.join('.')}`, key);
}
