import type { components } from './schema';

/**
 * The shapes that the API speaks, out of its own description (schema.d.ts). Records are described by their Kind at run
 * time; where the description can only say "any field", the types here say which JSON a field can be.
 */
type Schemas = components['schemas'];

export type FieldType =
  | 'text'
  | 'longtext'
  | 'email'
  | 'phone'
  | 'url'
  | 'number'
  | 'money'
  | 'currency'
  | 'date'
  | 'instant'
  | 'yesno'
  | 'choice'
  | 'link'
  | 'country'
  | 'language'
  | 'list';

/** Of a money field, currency is the key of the field that holds its currency. */
export type Field = Omit<Schemas['RecordField'], 'type' | 'fields'> & { type: FieldType; fields?: Field[] };
/** Hidden fields are nobody's to see; their names are needed where the history tells of them. */
export type Kind = Omit<Schemas['RecordKind'], 'fields'> & { fields: Field[]; hiddenFields?: Field[] };

/** One value as JSON carries it: text, number text, day, yes/no, id, or the rows of a list. */
export type Value = string | number | boolean | null | undefined | ListRow[];
export type ListRow = { [key: string]: string | number | boolean | null | undefined };
export type Values = { [key: string]: Value };

export type Row = Values & { id: string; kind: string; version: number; label: string };

export type Link = Schemas['RecordLinkTitle'];
export type Links = { [id: string]: Link };

export type Page = Omit<Schemas['ListOutBody'], 'rows'> & { rows: Row[] };
export type Count = Schemas['CountOutBody'];
export type Detail = { record: Row; links: Links };
export type Saved = Omit<Schemas['Saved'], 'record'> & { record: Row };
export type BulkDone = Schemas['ManyOutBody'];

export type FieldChange = { key: string; before: Value; after: Value; currency?: Schemas['HistoryCoin'] };
export type Change = Omit<Schemas['HistoryChange'], 'fields' | 'op'> & {
  op: 'create' | 'update' | 'delete' | 'restore' | 'purge';
  fields: FieldChange[];
};
/** What was done together: one entry of the history. */
export type Batch = Omit<Schemas['HistoryBatch'], 'changes'> & { changes: Change[] };
export type Batches = Omit<Schemas['BatchesOutBody'], 'batches'> & { batches: Batch[] };
export type Changes = Omit<Schemas['HistoryOutBody'], 'changes'> & { changes: Change[] };

/** An entry is a record that stands in the timeline, such as a note, or a change. */
export type Entry = Omit<Schemas['TimelineEntry'], 'record' | 'change'> & { record?: Row; change?: Change };
export type Entries = Omit<Schemas['TimelineOutBody'], 'entries'> & { entries: Entry[] };

export type Look = Schemas['TimelineLook'];
export type Conflict = Omit<Schemas['HistoryConflict'], 'newer'> & {
  newer?: Omit<Schemas['HistoryNewer'], 'field'> & { field?: FieldChange };
};
export type Undone = Omit<Schemas['HistoryUndone'], 'conflicts'> & { conflicts: Conflict[] };

export type BinRow = Schemas['BinRow'];
export type BinPage = Schemas['BinOutBody'];

export type Hit = Schemas['SearchHit'];
export type Session = Schemas['SessionOutBody'];
export type Settings = Omit<Schemas['SettingsOutBody'], 'fields' | 'values'> & { values: Values; fields: Field[] };
export type ParsedFilter = Omit<Schemas['FilterOutBody'], 'position'> & { position?: number };

/** What doors are told after a change; a bulk change names its kinds only. */
export type ChangedEvent = { changes: { kind: string; id?: string; op: string }[]; batch?: string };

export type CalendarEntry = Schemas['ActivitiesEntry'];
export type Calendar = { entries: CalendarEntry[]; more: boolean; links: Links };
export type TodaySection = Omit<Schemas['TodaySection'], 'rows'> & { rows: Row[] };
export type Today = { today: string; sections: TodaySection[]; links: Links };
export type SettleHow = 'done' | 'tomorrow' | 'nextWeek' | 'until' | 'reopen';
export type SnoozeHow = 'tenMinutes' | 'hour' | 'tomorrow';
export type Intake = Schemas['IntakeOutBody'];

/** What a door is told when something is about to begin, or to be done. */
export type ReminderEvent = { id: string; kind: string; title: string; when: string; wholeDay?: boolean };
