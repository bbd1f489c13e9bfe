import type { ComponentType } from 'react';
import type { Entry, Kind, Links, Row, Value } from '@/api/types';
import type { Command } from './commands';

export type Icon = ComponentType<{ size?: number | string; stroke?: number | string; className?: string }>;

/** One line of the side navigation. It stands only where the kind it lists is known to the program. */
export type NavEntry = {
  group: 'top' | 'relationships' | 'selling' | 'program';
  order: number;
  to: string;
  title: string;
  icon: Icon;
  key?: string;
  kind?: string;
};

export type PageRoute = { path: string; load: () => Promise<{ Page: ComponentType }> };

export type PresenterProps = { entry: Entry; links: Links; owner: { kind: string; id: string } };
/** How the timeline shows one kind of entry. */
export type Presenter = {
  icon: Icon;
  tone: string;
  /** The sentence after the actor's name, as a catalogue key. */
  verb?: string | ((entry: Entry) => string);
  /** Stands instead of the actor's name and the verb, where somebody else speaks: in a mail, its sender. */
  Line?: ComponentType<PresenterProps>;
  /** A line without a frame: for what is worth less room than somebody's words. */
  plain?: boolean;
  Body?: ComponentType<PresenterProps>;
  Menu?: ComponentType<PresenterProps>;
};

export type ComposerProps = { kind: Kind; record: Row };
/** A form that makes records of one kind about another record; it stands where that kind's link may lead there. */
export type Composer = {
  id: string;
  title: string;
  icon: Icon;
  order: number;
  makes: { kind: string; link: string };
  Form: ComponentType<ComposerProps>;
};

export type FieldViewProps = {
  value: Value;
  label?: string;
  ariaLabel?: string;
  error?: string;
  autoFocus?: boolean;
  /** A choice made is final: editors save on it. */
  onChange: (value: Value) => void;
};
/** How a field is written and edited whose type alone says too little. */
export type FieldView = { text?: (value: string) => string; Input?: ComponentType<FieldViewProps> };

/** What a module can do with many of its records at once; chosen is either their ids or a filter with exceptions. */
export type ManyTool = {
  title: string;
  icon: Icon;
  run: (chosen: { ids: string[] } | { where: string; except: string[] }, count: number) => Promise<void>;
};

/** What a module knows about its kinds beyond their fields. */
export type KindView = {
  icon: Icon;
  /** The fields of the create dialog that stand open; the rest on demand. */
  first: string[];
  /** Fields the create dialog leaves out because another field fills them. */
  skip?: string[];
  /** A square mark for organisations, a round one for people. */
  shape?: 'square' | 'round';
  /** Fields that read and are edited in their own way, by key. */
  fields?: Record<string, FieldView>;
  /** What can be done with selected rows beside what every list can. */
  many?: ManyTool[];
  /** One sentence for the empty list, as a catalogue key. */
  empty?: string;
  /** People make such records from lists and the palette. */
  create?: boolean;
  /** The page of a record of this kind, where it has one. */
  page?: boolean;
  /** What one needs to know at one look, before a call for instance. */
  Glance?: ComponentType<{ kind: Kind; record: Row }>;
  /** What its module shows among the related records. */
  Around?: ComponentType<{ kind: Kind; record: Row }>;
  /** How it stands beside a record it belongs to, where its title alone says too little. */
  Beside?: ComponentType<{ row: Row }>;
  /** Where one that belongs to a record is made, if not in the create dialog. */
  makeAt?: (link: string, id: string) => string;
  /** What the search parameters of its own list filter beside `where`. */
  listWhere?: (search: Record<string, string>) => string;
};

export type Module = {
  name: string;
  nav?: NavEntry[];
  routes?: PageRoute[];
  commands?: Command[];
  kinds?: Record<string, KindView>;
  presenters?: Record<string, Presenter>;
  composers?: Composer[];
  /** Stands beside every page: dialogs that open from anywhere, listeners. */
  always?: ComponentType[];
};

const all: Module[] = [];

export function register(modules: Module[]): void {
  all.splice(0, all.length, ...modules);
}

export const navEntries = () => all.flatMap((m) => m.nav ?? []).sort((a, b) => a.order - b.order);
export const pageRoutes = () => all.flatMap((m) => m.routes ?? []);
export const moduleCommands = () => all.flatMap((m) => m.commands ?? []);
export const composers = () => all.flatMap((m) => m.composers ?? []).sort((a, b) => a.order - b.order);
export const standing = () => all.flatMap((m) => m.always ?? []);
export const kindView = (kind: string): KindView | undefined => all.find((m) => m.kinds?.[kind])?.kinds?.[kind];
export const fieldView = (kind: string, key: string): FieldView | undefined => kindView(kind)?.fields?.[key];
/** People make records of a kind by hand where its module says so. */
export const canCreate = (kind: string) => kindView(kind)?.create === true;
export const presenter = (kind: string): Presenter | undefined =>
  all.find((m) => m.presenters?.[kind])?.presenters?.[kind];
export const presentedKinds = () => all.flatMap((m) => Object.keys(m.presenters ?? {}));
