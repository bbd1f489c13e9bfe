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

type Named = Pick<Kind, 'name' | 'module'> & Partial<Pick<Kind, 'fields' | 'hiddenFields'>>;

/** The keys of a user's own fields begin so; what they say of themselves stands in no catalogue. */
export const isOwn = (key: string) => key.startsWith('_');

/** A field of several choices is a list whose rows are an option each. */
export const isChoices = (field: Field) => field.fields?.length === 1 && field.fields[0]?.type === 'choice';

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
  const [list = key, part = key] = key.split('.');
  if (isOwn(list)) {
    const own = [...(kind.fields ?? []), ...(kind.hiddenFields ?? [])].find((f) => f.key === list);
    return own?.label ?? spaced(list.slice(1).replaceAll('_', ' '));
  }
  const inList = text(`${kind.module}:part.${list}.${part}`, text(`ui:field.${key}`, spaced(part)));
  return text(`${kind.module}:field.${kind.name}.${key}`, inList);
}

export function optionLabel(kind: Named, field: Pick<Field, 'key'>, option: string, list?: string): string {
  if (isOwn(list ?? field.key)) return option;
  const path = list ? `${list}_${field.key}` : field.key;
  return text(
    `${kind.module}:option.${kind.name}.${path}.${option}`,
    text(`${kind.module}:option.${kind.name}.${field.key}.${option}`, spaced(option)),
  );
}

export function groupLabel(kind: Named, group: string): string {
  return text(`${kind.module}:group.${kind.name}.${group}`, text(`ui:group.${group}`, group));
}

/** A reason that the API gives as a catalogue key such as rule.editedSince. */
export function reasonText(key: string): string {
  const [namespace, ...rest] = key.split('.');
  return text(`${namespace}:${rest.join('.')}`, key);
}
