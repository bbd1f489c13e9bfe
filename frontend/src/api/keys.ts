/** Query keys. One listener refreshes by kind and id, so every key starts with what it shows. */
export const keys = {
  session: ['session'] as const,
  kinds: ['kinds'] as const,
  settings: ['settings'] as const,
  rows: (kind: string, query: unknown) => ['rows', kind, query] as const,
  count: (kind: string, where: string, bin: boolean) => ['count', kind, where, bin] as const,
  record: (kind: string, id: string) => ['record', kind, id] as const,
  timeline: (kind: string, id: string, only: string) => ['timeline', kind, id, only] as const,
  look: (kind: string, id: string) => ['look', kind, id] as const,
  history: (query: unknown) => ['history', query] as const,
  bin: (query: unknown) => ['bin', query] as const,
  search: (text: string, kind: string) => ['search', text, kind] as const,
  recent: ['recent'] as const,
  today: ['today'] as const,
  calendar: (from: string, to: string) => ['calendar', from, to] as const,
};
