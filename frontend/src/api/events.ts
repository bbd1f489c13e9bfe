import { address } from './client';
import type { ChangedEvent, ReminderEvent } from './types';

const remindersTo = new Set<(event: ReminderEvent) => void>();

/** Hears of what is about to begin, or to be done, for as long as somebody hears of changes. */
export function onReminder(listener: (event: ReminderEvent) => void): () => void {
  remindersTo.add(listener);
  return () => remindersTo.delete(listener);
}

function remind(payload: unknown): void {
  const event = (typeof payload === 'string' ? JSON.parse(payload) : payload) as ReminderEvent;
  for (const listener of remindersTo) listener(event);
}

/** Hears what changed, from Wails in the window and by server-sent events in a browser. */
export function onChanged(listener: (event: ChangedEvent) => void): () => void {
  if (window.runtime && window.go?.window) {
    const stops = [
      window.runtime.EventsOn('changed', (payload) => {
        listener((typeof payload === 'string' ? JSON.parse(payload) : payload) as ChangedEvent);
      }),
      window.runtime.EventsOn('reminder', remind),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const connect = () => {
    source = new EventSource(address('/events'));
    source.addEventListener('changed', (message) => listener(JSON.parse(message.data)));
    source.addEventListener('reminder', (message) => remind(message.data));
    source.onopen = () => {
      // What changed while the line was down is unknown: an empty list means "look again at everything".
      if (timer) listener({ changes: [] });
      timer = undefined;
    };
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED || closed) return;
      timer = setTimeout(connect, 3_000);
    };
  };
  connect();
  return () => {
    closed = true;
    clearTimeout(timer);
    source?.close();
  };
}
